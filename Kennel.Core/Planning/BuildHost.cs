using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>What build units need to know of the host they run on.</summary>
/// <param name="Program">The absolute path of the <c>kennel</c> program.</param>
/// <param name="BaseDirectory">Where Kennel keeps its state.</param>
/// <param name="System">What Nix calls this machine, such as <c>x86_64-linux</c>.</param>
/// <param name="SearchPath">Where <c>nix</c>, <c>git</c> and <c>devenv</c> are found.</param>
/// <param name="NixGroup">The group that may talk to the Nix daemon, where there is one.</param>
public sealed record BuildHost(
    string Program,
    string BaseDirectory,
    string System,
    string SearchPath,
    Option<string> NixGroup
)
{
    /// <summary>A host as the installer leaves it.</summary>
    public static readonly BuildHost Default = new(
        Program: "/opt/kennel/current/kennel",
        BaseDirectory: "/var/lib/kennel",
        System: "x86_64-linux",
        SearchPath: "/nix/var/nix/profiles/default/bin:/run/current-system/sw/bin:/usr/local/bin:/usr/bin:/bin",
        NixGroup: None
    );

    /// <summary>The directory that a build writes its result and its roots to; the same path in the unit.</summary>
    public string BuildDirectory(BuildId build) => $"{BaseDirectory}/builds/{build.Value}";

    /// <summary>The log of a build.</summary>
    public string Log(BuildId build) => $"{BaseDirectory}/logs/{build.Value}.log";

    /// <summary>The mirror of a project's repository.</summary>
    public string Mirror(ProjectId project) => $"{BaseDirectory}/mirrors/{project.Value}.git";
}
