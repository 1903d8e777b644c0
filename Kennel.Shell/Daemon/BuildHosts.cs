using System.Runtime.InteropServices;
using Kennel.Core.Configuration;
using Kennel.Core.Units;

namespace Kennel.Shell.Daemon;

/// <summary>What this machine is like for build units.</summary>
internal static class BuildHosts
{
    private const string NixGroup = "nix-users";

    /// <summary>Looks at the machine once.</summary>
    public static BuildHost Of(HostConfiguration configuration) =>
        new(
            RealProgram(),
            configuration.StateDirectory,
            configuration.Builder.WorkDirectory,
            $"{Architecture()}-linux",
            configuration
                .DevenvPackage.Map(package => $"{package}/bin:{BuildHost.DefaultSearchPath}")
                .IfNone(BuildHost.DefaultSearchPath),
            GroupExists(NixGroup) ? Some(NixGroup) : None
        );

    // An upgrade moves a link; a running build keeps the directory that it began with.
    private static string RealProgram() => Path.Combine(AppContext.BaseDirectory, "kennel");

    private static string Architecture() =>
        RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "x86_64",
            System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
            var other => other.ToString().ToLowerInvariant(),
        };

    private static bool GroupExists(string name) =>
        File.Exists("/etc/group")
        && File.ReadLines("/etc/group").Any(line => line.StartsWith(name + ":", StringComparison.Ordinal));
}
