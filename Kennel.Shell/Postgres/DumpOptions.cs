namespace Kennel.Shell.Postgres;

/// <summary>How dumps are made.</summary>
/// <param name="Directory">Where they are kept.</param>
/// <param name="SocketDirectory">Where PostgreSQL's socket is.</param>
/// <param name="User">The role that dumps.</param>
public sealed record DumpOptions(string Directory, string SocketDirectory, string User)
{
    /// <summary>The program.</summary>
    public string Program { get; init; } = "pg_dump";

    /// <summary>How long one may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromHours(2);
}
