using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>Something that Kennel keeps on disk for a while.</summary>
public abstract record KeptFile
{
    private KeptFile() { }

    /// <summary>When it was written last.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>The mirror of a project's repository.</summary>
    public sealed record Mirror(ProjectId Project) : KeptFile;

    /// <summary>The output of a build.</summary>
    public sealed record BuildLog(BuildId Build) : KeptFile;

    /// <summary>A copy of the database, made before it was changed for a newer Kennel.</summary>
    /// <param name="Name">The name of the file.</param>
    public sealed record Backup(string Name) : KeptFile;

    /// <summary>What it is, for people.</summary>
    public string Title =>
        this switch
        {
            Mirror it => $"mirror {it.Project.Value}",
            BuildLog it => $"log of build {it.Build.Value}",
            Backup it => $"backup {it.Name}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
