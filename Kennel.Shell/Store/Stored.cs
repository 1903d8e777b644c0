using System.Text.Json;
using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>How values of the domain stand in columns, both ways.</summary>
internal static class Stored
{
    private const string PullRequestStart = "refs/pull/";
    private const string PullRequestEnd = "/head";
    private const string GitStart = "refs/heads/";

    internal static long Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    internal static DateTimeOffset Time(this SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    internal static Option<DateTimeOffset> OptionalTime(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? None : Some(row.Time(column));

    internal static string? Text(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    internal static Option<string> OptionalText(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? None : Some(row.GetString(column));

    internal static object? OrNull<T>(this Option<T> value) => value.MatchUnsafe<object?>(it => it, () => null);

    internal static Option<long> OptionalNumber(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? None : Some(row.GetInt64(column));

    /// <summary>The value, or a message that names the row.</summary>
    internal static T OrDamaged<T>(this Validation<Problem, T> checkedValue) =>
        checkedValue.Match(
            Succ: value => value,
            Fail: problems => throw new DamagedRowException($"damaged row: {string.Join("; ", problems)}")
        );

    internal static Option<CommitId> OptionalCommit(this SqliteDataReader row, int column, string where) =>
        row.IsDBNull(column) ? None : Some(CommitId.Parse(where, row.GetString(column)).OrDamaged());

    internal static Branch BranchOf(string where, string reference) =>
        reference.StartsWith(PullRequestStart, StringComparison.Ordinal)
        && reference.EndsWith(PullRequestEnd, StringComparison.Ordinal)
            ? Branch.Parse(where, "#" + reference[PullRequestStart.Length..^PullRequestEnd.Length]).OrDamaged()
            : new Branch.Git(BranchName.Parse(where, reference[GitStart.Length..]).OrDamaged());

    internal static string Word(BuildState state) =>
        state switch
        {
            BuildState.Queued => "queued",
            BuildState.Building => "building",
            BuildState.Built => "built",
            BuildState.Done => "done",
            BuildState.Failed => "failed",
            BuildState.Cancelled => "cancelled",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    internal static BuildState StateOf(string word) =>
        Enum.TryParse<BuildState>(word, ignoreCase: true, out var state)
            ? state
            : throw new DamagedRowException($"damaged row: a build has the state \"{word}\"");

    internal static PullRequestState PullRequestStateOf(string word) =>
        Enum.TryParse<PullRequestState>(word, ignoreCase: true, out var state)
            ? state
            : throw new DamagedRowException($"damaged row: a pull request is \"{word}\"");

    /// <summary>Environments as words with spaces between; nothing means all of them.</summary>
    internal static Set<DeployEnvironment> EnvironmentsOf(Option<string> words) =>
        words.Match(
            text => DeployEnvironments.Parse("projects.environments", text.Split(' ').ToSeq().Strict()).OrDamaged(),
            () => toSet(Enum.GetValues<DeployEnvironment>())
        );

    /// <summary>The same words; nothing where it is all of them.</summary>
    internal static Option<string> Words(Set<DeployEnvironment> environments) =>
        environments == EnvironmentsOf(None) ? None : string.Join(' ', environments.Map(one => one.Word()));

    internal static string Word(ClaimKind kind) =>
        kind switch
        {
            ClaimKind.Host => "host",
            ClaimKind.Unit => "unit",
            ClaimKind.Role => "role",
            ClaimKind.Database => "database",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    internal static string Word(Fault fault) =>
        fault switch
        {
            Fault.Author => "author",
            Fault.Kennel => "kennel",
            Fault.Outside => "outside",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Fault FaultOf(string word) =>
        Enum.TryParse<Fault>(word, ignoreCase: true, out var fault)
            ? fault
            : throw new DamagedRowException($"damaged row: \"{word}\" is nobody's fault");

    /// <summary>A cause in three columns: code, fault, sentence.</summary>
    internal static Option<CauseRecord> OptionalCause(this SqliteDataReader row, int column) =>
        row.IsDBNull(column)
            ? None
            : Some(
                new CauseRecord(row.GetString(column), FaultOf(row.GetString(column + 1)), row.GetString(column + 2))
            );

    internal static string Hosts(Seq<HostName> hosts) =>
        JsonSerializer.Serialize(hosts.Map(host => host.Value).ToArray());

    internal static Seq<HostName> HostsOf(string where, string text)
    {
        try
        {
            return (JsonSerializer.Deserialize<string[]>(text) ?? [])
                .ToSeq()
                .Map(host => HostName.Parse(where, host).OrDamaged())
                .Strict();
        }
        catch (JsonException error)
        {
            throw new DamagedRowException($"damaged row: {where}: {error.Message}");
        }
    }
}
