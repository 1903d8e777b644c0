using System.Text.Json;
using Kennel.Core.Domain;

namespace Kennel.Core.Configuration;

/// <summary>Reads the configuration file; every mistake in it is told at once.</summary>
public static class ConfigurationReader
{
    private const int DepthMax = 8;

    private static readonly Map<string, ConfigurationEntry> Known = toMap(
        ConfigurationEntries.All.Map(entry => (entry.Key, entry))
    );

    private static readonly Set<string> Groups = toSet(
        ConfigurationEntries.All.Bind(entry => Above(entry.Key)).Distinct()
    );

    private static readonly Seq<string> SecretWords = Seq("secret", "token", "password", "key", "credential");

    /// <summary>Reads the text of a configuration file.</summary>
    /// <param name="source">The file, for errors.</param>
    /// <param name="text">What it holds.</param>
    public static Validation<Problem, HostConfiguration> Read(string source, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DepthMax });
            return Read(source, document.RootElement);
        }
        catch (JsonException error)
        {
            var line = (error.LineNumber ?? 0) + 1;
            var column = (error.BytePositionInLine ?? 0) + 1;
            return Fail<Problem, HostConfiguration>(
                new Problem($"{source}: line {line}, column {column}", "text that is not JSON", "a JSON object")
            );
        }
    }

    private static Validation<Problem, HostConfiguration> Read(string source, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Fail<Problem, HostConfiguration>(Problem.Of(source, root.GetRawText(), "a JSON object"));
        }
        var values = Leaves("", root);
        var read = values.Fold(
            (Configuration: HostConfiguration.Default, Problems: Repeated(source, values)),
            (state, leaf) =>
                Set(source, state.Configuration, leaf)
                    .Match(
                        configuration => (configuration, state.Problems),
                        problems => (state.Configuration, Joined(state.Problems, problems))
                    )
        );
        var all = Joined(read.Problems, Across(source, read.Configuration));
        return all.IsEmpty
            ? Success<Problem, HostConfiguration>(read.Configuration)
            : Validation<Problem, HostConfiguration>.Fail(all);
    }

    private static Seq<(string Key, JsonElement Value)> Leaves(string prefix, JsonElement group) =>
        group
            .EnumerateObject()
            .ToSeq()
            .Bind(property =>
            {
                var key = prefix + property.Name;
                return property.Value.ValueKind == JsonValueKind.Object && Groups.Contains(key)
                    ? Leaves(key + ".", property.Value)
                    : Seq1((key, property.Value));
            });

    private static Validation<Problem, HostConfiguration> Set(
        string source,
        HostConfiguration configuration,
        (string Key, JsonElement Value) leaf
    ) =>
        Known
            .Find(leaf.Key)
            .Match(
                entry => entry.Set(configuration, leaf.Value).ToValidation(Unacceptable(source, entry, leaf.Value)),
                () => Fail<Problem, HostConfiguration>(Unknown(source, leaf.Key, leaf.Value))
            );

    private static Problem Unacceptable(string source, ConfigurationEntry entry, JsonElement value) =>
        Problem.Of($"{source}: {entry.Key}", Shown(value), entry.Allowed);

    private static Problem Unknown(string source, string key, JsonElement value)
    {
        if (Groups.Contains(key))
        {
            return Problem.Of($"{source}: {key}", Shown(value), $"an object with any of {Siblings(key + ".x")}");
        }
        var meant = NearMiss.Of(key, Known.Keys.ToSeq()).Match(word => $"; did you mean {word}?", () => string.Empty);
        var allowed = $"one of the options that there are: {Siblings(key)}{meant}";
        var isSecret = SecretWords.Exists(word => key.Contains(word, StringComparison.OrdinalIgnoreCase));
        return isSecret
            ? new Problem($"{source}: {key}", "a value that is not shown here", allowed)
            : Problem.Of($"{source}: {key}", Shown(value), allowed);
    }

    private static string Siblings(string key)
    {
        var parent = Parent(key);
        return string.Join(", ", Inside(Groups.Contains(parent) ? parent : string.Empty).Order());
    }

    private static Seq<string> Inside(string group) =>
        Joined(Known.Keys.ToSeq(), Groups.ToSeq()).Filter(key => Parent(key) == group);

    private static Seq<Problem> Repeated(string source, Seq<(string Key, JsonElement Value)> values) =>
        values
            .GroupBy(leaf => leaf.Key)
            .Where(group => group.Count() > 1)
            .Select(group => new Problem($"{source}: {group.Key}", $"{group.Count()} values", "one value"))
            .ToSeq();

    private static Seq<Problem> Across(string source, HostConfiguration configuration) =>
        Joined(
            PortsTurnedRound(source, configuration),
            ForgeUnknown(source, configuration),
            DomainEntries.Across(source, configuration)
        );

    private static Seq<Problem> PortsTurnedRound(string source, HostConfiguration configuration) =>
        configuration.Ports.First.CompareTo(configuration.Ports.Last) <= 0
            ? Seq<Problem>()
            : Seq1(
                Problem.Of(
                    $"{source}: ports.last",
                    configuration.Ports.Last.ToString(),
                    $"a port not below ports.first, which is {configuration.Ports.First}"
                )
            );

    // Deliveries say themselves where their repository is; without the forge's address anything would be believed.
    private static Seq<Problem> ForgeUnknown(string source, HostConfiguration configuration) =>
        configuration.Projects.AutoRegister.IsEmpty || configuration.Forgejo.Url.IsSome
            ? Seq<Problem>()
            : Seq1(
                Problem.Of(
                    $"{source}: projects.autoRegister",
                    string.Join(", ", configuration.Projects.AutoRegister),
                    "forgejo.url beside it, for only repositories of that forge may register themselves"
                )
            );

    private static Seq<string> Above(string key) =>
        Parent(key) is { Length: > 0 } parent ? parent.Cons(Above(parent)) : Seq<string>();

    private static string Parent(string key) => key.LastIndexOf('.') is var end and >= 0 ? key[..end] : string.Empty;

    private static string Shown(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() ?? string.Empty : value.GetRawText();
}
