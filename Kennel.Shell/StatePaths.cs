using Kennel.Core.Domain;

namespace Kennel.Shell;

/// <summary>Where Kennel's own files are.</summary>
/// <param name="Base">The directory of them all.</param>
public sealed record StatePaths(string Base = "/var/lib/kennel")
{
    /// <summary>Where the services' state directories are; not below the base, which no service may see.</summary>
    public string ServiceState { get; init; } = "/var/lib/knl";

    /// <summary>The Nix store.</summary>
    public string Store { get; init; } = "/nix/store";

    /// <summary>The mirrors of repositories.</summary>
    public string Mirrors => $"{Base}/mirrors";

    /// <summary>The directories of builds.</summary>
    public string Builds { get; init; } = $"{Base}/builds";

    /// <summary>The roots that protect store paths.</summary>
    public string Roots => $"{Base}/roots";

    /// <summary>The routing table, which Caddy reads.</summary>
    public string Routes => $"{Base}/routes";

    /// <summary>The secrets of webhooks that Kennel made.</summary>
    public string Secrets => $"{Base}/secrets";

    /// <summary>The logs of builds.</summary>
    public string Logs => $"{Base}/logs";

    /// <summary>The dumps of databases.</summary>
    public string Backups => $"{Base}/backups";

    /// <summary>The state database.</summary>
    public string Database => $"{Base}/kennel.db";

    /// <summary>The directory of one build.</summary>
    public string Build(BuildId build) => $"{Builds}/{build.Value}";

    /// <summary>The log of one build.</summary>
    public string Log(BuildId build) => $"{Logs}/{build.Value}.log";
}
