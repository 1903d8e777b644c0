namespace Kennel.Core.Lifecycle;

/// <summary>
/// The marks with which a commit's author asks that it is not built: those that Forgejo's own actions heed, and
/// Kennel's.
/// </summary>
public static class SkipMarks
{
    private static readonly Seq<string> All = Seq(
        "[skip ci]",
        "[ci skip]",
        "[no ci]",
        "[skip actions]",
        "[actions skip]",
        "[skip kennel]"
    );

    /// <summary>The first mark in the message of a commit, if it has one.</summary>
    public static Option<string> Find(string message) =>
        All.Find(mark => message.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
