using System.Globalization;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>Reads what a service may do beyond the strict sandbox: <c>sandbox</c> in <c>kennel.json</c>.</summary>
internal static partial class SandboxReader
{
    private const ulong MemoryBytesMin = 16UL << 20;
    private const ulong MemoryBytesMax = 64UL << 30;
    private const int TasksMin = 16;
    private const int TasksLimit = 32768;
    private const uint CpuPercentMin = 5;
    private const uint CpuPercentMax = 6400;

    /// <summary>The keys of <c>sandbox</c>.</summary>
    internal static readonly Set<string> Keys = Set("memory", "tasks", "cpu", "jit", "namespaces", "netlink");

    /// <summary>The relaxations; what is not given stays strict.</summary>
    internal static Validation<Problem, Relaxations> Read(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    fields.Read(Memory, "memory"),
                    fields.Read(JsonFields.Whole(TasksMin, TasksLimit), "tasks"),
                    fields.Read(Cpu, "cpu"),
                    fields.Read(JsonFields.Flag, "jit"),
                    fields.Read(JsonFields.Flag, "namespaces"),
                    fields.Read(JsonFields.Flag, "netlink")
                ).Apply(
                    (memory, tasks, cpu, jit, namespaces, netlink) =>
                        new Relaxations(
                            memory.IfNone(Relaxations.Default.MemoryBytes),
                            tasks.Map(count => (ulong)count).IfNone(Relaxations.Default.TasksMax),
                            cpu.IfNone(Relaxations.Default.CpuPercent),
                            jit.IfNone(Relaxations.Default.WritableMemoryExecutable),
                            namespaces.IfNone(Relaxations.Default.Namespaces),
                            netlink.IfNone(Relaxations.Default.Netlink)
                        )
                )
            );

    private static Validation<Problem, ulong> Memory(string where, JsonNode node) =>
        node is JsonNode.Text text
        && MemoryPattern().Match(text.Value) is { Success: true } match
        && Bytes(match) is >= MemoryBytesMin and <= MemoryBytesMax and var bytes
            ? Success<Problem, ulong>(bytes)
            : JsonFields.Wrong<ulong>(where, node, "a text from \"16M\" to \"64G\", such as \"512M\" or \"2G\"");

    private static ulong Bytes(Match match) =>
        ulong.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        << (match.Groups[2].Value == "G" ? 30 : 20);

    private static Validation<Problem, uint> Cpu(string where, JsonNode node) =>
        node is JsonNode.Text text
        && CpuPattern().Match(text.Value) is { Success: true } match
        && uint.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            is >= CpuPercentMin
                and <= CpuPercentMax
                and var percent
            ? Success<Problem, uint>(percent)
            : JsonFields.Wrong<uint>(
                where,
                node,
                $"a text from \"{CpuPercentMin}%\" to \"{CpuPercentMax}%\"; \"100%\" is one core"
            );

    [GeneratedRegex(@"\A([0-9]{1,6})([MG])\z")]
    private static partial Regex MemoryPattern();

    [GeneratedRegex(@"\A([0-9]{1,5})%\z")]
    private static partial Regex CpuPattern();
}
