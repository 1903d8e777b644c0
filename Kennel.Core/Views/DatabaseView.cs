namespace Kennel.Core.Views;

/// <summary>The database of a branch.</summary>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch, or <c>#</c> and a pull request's number.</param>
/// <param name="Environment">What it is for.</param>
/// <param name="Database">Its name.</param>
/// <param name="Role">The role that owns it, and the user that its services run as.</param>
/// <param name="SocketDirectory">Where PostgreSQL's socket is.</param>
/// <param name="State"><c>wanted</c>, <c>present</c>, or <c>leaving</c> while it is made anew.</param>
/// <param name="DumpDirectory">Where dumps are kept.</param>
/// <param name="Dumps">Its dumps, newest first.</param>
public sealed record DatabaseView(
    string Project,
    string Branch,
    string Environment,
    string Database,
    string Role,
    string SocketDirectory,
    string State,
    string DumpDirectory,
    Seq<DumpView> Dumps
)
{
    /// <summary>Whether it is dumped before anything is taken from it.</summary>
    public bool IsPrecious => Environment is "prod" or "staging";
}

/// <summary>One dump.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="State"><c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="At">When it was made, or when it failed.</param>
/// <param name="SizeBytes">How large it is.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record DumpView(
    string Name,
    string State,
    Option<DateTimeOffset> At,
    Option<long> SizeBytes,
    Option<string> Problem
);
