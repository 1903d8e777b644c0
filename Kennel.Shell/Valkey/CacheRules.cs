using System.Security.Cryptography;
using Kennel.Core.Domain;
using Kennel.Core.Secrets;

namespace Kennel.Shell.Valkey;

/// <summary>
/// What the user of a branch may do: everything in one database, and nothing of the server. Until 9.1, Valkey knows no
/// rights by database, so that he may select no other, and may neither move nor copy keys between them. Channels know no
/// databases: everybody has those that begin with his name.
/// </summary>
internal static class CacheRules
{
    private static readonly Version WithDatabases = new(9, 1);
    private static readonly Version WithDatabasesChecked = new(9, 1, 2);

    // What it shows and nobody gave.
    private const string Shown = "sanitize-payload";

    private static readonly Seq<string> Everywhere = Seq(
        "+@all",
        "-@admin",
        "-@dangerous",
        "+keys",
        "+flushdb",
        "+info"
    );

    // Functions, scripts that are kept, names of keys that change and names of channels are the server's and not a database's.
    private static readonly Seq<string> NothingShared = Seq(
        "-function",
        "-script|flush",
        "-script|kill",
        "-client|tracking",
        "-pubsub|channels",
        "-pubsub|shardchannels"
    );

    private static readonly Seq<string> NoWayOut = Seq("-move", "-copy");

    /// <summary>The rules that make a user one; the password stands there as its hash only.</summary>
    internal static Seq<string> Of(Version version, CacheUser user, CacheNumber database, SecretValue password) =>
        Joined(
            Seq("on", $"#{Convert.ToHexStringLower(SHA256.HashData(password.Reveal()))}"),
            Seq("~*", "resetchannels", $"&{user}:*"),
            Everywhere,
            NothingShared,
            version >= WithDatabases ? Seq("resetdbs", $"db={database}") : Seq("-select", $"+select|{database}"),
            version >= WithDatabasesChecked ? Empty : NoWayOut
        );

    /// <summary>Whether the rules that Valkey shows of a user are these.</summary>
    internal static bool Are(Seq<string> shown, Seq<string> rules) =>
        toSet(shown.Filter(rule => rule != Shown).Distinct())
        == toSet(rules.Filter(rule => rule != "resetdbs").Distinct());

    /// <summary>The one database that rules allow.</summary>
    internal static Option<CacheNumber> DatabaseOf(Seq<string> shown) =>
        shown.Bind(rule => Joined(Number(rule, "db="), Number(rule, "+select|"))).Strict() is { Count: 1 } one
            ? one.HeadOrNone()
            : None;

    private static Seq<CacheNumber> Number(string rule, string before) =>
        rule.StartsWith(before, StringComparison.Ordinal) && long.TryParse(rule[before.Length..], out var number)
            ? CacheNumber.Parse("rule", number).ToOption().ToSeq()
            : Seq<CacheNumber>();
}
