using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>
/// The file name of a database's dump: <c>{database}.{occasion}.dump</c>. It says what the dump was made for, so that the
/// file is its own record.
/// </summary>
public sealed partial record DumpName : Name<DumpName>
{
    private DumpName(string value)
        : base(value) { }

    /// <summary>The database that was dumped.</summary>
    public string Database => Value[..Value.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>
    /// The dump before a build's releases are tried. The commit tells it from that of a build with the same number, which
    /// comes after a state database was put back from a copy.
    /// </summary>
    public static DumpName BeforeBuild(DatabaseName database, BuildId build, CommitId commit) =>
        new($"{database}.build-{build.Value}-{commit.Short}.dump");

    /// <summary>The dump before a database goes with its branch; the time of the removal tells it from an earlier one.</summary>
    public static DumpName BeforeRemoval(DatabaseName database, BranchId branch, DateTimeOffset removedAt) =>
        new($"{database}.removal-{branch.Value}-{removedAt.ToUnixTimeMilliseconds()}.dump");

    /// <summary>The dump before a database is made anew; PostgreSQL's number of it tells it from the next one.</summary>
    public static DumpName BeforeReset(DatabaseName database, uint number) => new($"{database}.reset-{number}.dump");

    /// <summary>What the database of a preview is to be filled with.</summary>
    /// <param name="database">The preview's database.</param>
    /// <param name="source">The branch whose database is dumped.</param>
    public static DumpName ForCopy(DatabaseName database, BranchId source) =>
        new($"{database}.copy-{source.Value}.dump");

    /// <summary>Whether it is there for a preview only, and goes once that has it.</summary>
    public bool IsForCopy => Value[Database.Length..].StartsWith(".copy-", StringComparison.Ordinal);

    /// <summary>The dump that somebody asked for.</summary>
    public static DumpName Asked(DatabaseName database, DateTimeOffset at) =>
        new($"{database}.asked-{at.ToUnixTimeMilliseconds()}.dump");

    /// <summary>Accepts the name of a dump.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, DumpName> Parse(string where, string? given) =>
        Checked(
            where,
            given,
            Pattern(),
            "a database, .build-N, .removal-N, .reset-N, .copy-N or .asked-N, and .dump",
            value => new DumpName(value)
        );

    [GeneratedRegex(
        @"\Akennel_[a-z0-9_-]{1,56}\.(?:build|removal|reset|copy|asked)-[0-9]{1,18}(?:-[0-9a-f]{1,18})?\.dump\z"
    )]
    private static partial Regex Pattern();
}
