using System.Globalization;
using Kennel.Core.Domain;

namespace Kennel.Shell.Valkey;

/// <summary>What Valkey says, read from its own text.</summary>
internal static class ValkeyText
{
    private static readonly Version Oldest = new(7, 2);

    /// <summary>The version in an answer to <c>INFO server</c>; a server that does not tell is taken for an old one.</summary>
    internal static Version Version(string info) =>
        Lines(info)
            .Bind(line => After(line, "valkey_version:").ToSeq())
            .HeadOrNone()
            .Bind(text => System.Version.TryParse(text, out var version) ? Some(version) : None)
            .IfNone(Oldest);

    /// <summary>The keys of each database in an answer to <c>INFO keyspace</c>, such as <c>db3:keys=1,expires=0</c>.</summary>
    internal static Map<CacheNumber, long> KeyCounts(string info) =>
        toMap(
            Lines(info)
                .Bind(line =>
                    (
                        from rest in After(line, "db")
                        let parts = rest.Split([":keys=", ","], StringSplitOptions.None)
                        where parts.Length > 1
                        from number in Number(parts[0])
                        from database in CacheNumber.Parse("keyspace", number).ToOption()
                        from count in Number(parts[1])
                        where count > 0
                        select (database, count)
                    ).ToSeq()
                )
        );

    /// <summary>The second line of an answer to <c>CONFIG GET</c>, as a number.</summary>
    internal static Option<int> Setting(string answer) =>
        Lines(answer).Skip(1).HeadOrNone().Bind(Number).Map(number => (int)number);

    /// <summary>Every user and his rules in an answer to <c>ACL LIST</c>.</summary>
    internal static Seq<(string Name, Seq<string> Rules)> Users(string answer) =>
        Lines(answer)
            .Bind(line =>
                line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["user", var name, .. var rules]
                    ? Seq1((name, rules.ToSeq().Strict()))
                    : Empty
            )
            .Strict();

    private static Option<string> After(string line, string start) =>
        line.StartsWith(start, StringComparison.Ordinal) ? Some(line[start.Length..]) : None;

    private static Option<long> Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Some(number) : None;

    private static Seq<string> Lines(string text) =>
        text.Split('\n').Select(line => line.TrimEnd('\r')).ToSeq().Strict();
}
