namespace Kennel.Shell.Nix;

/// <summary>All that Nix's programs get to see of Kennel's environment.</summary>
internal static class NixEnvironment
{
    /// <summary>The variables.</summary>
    /// <param name="home">A directory that they may take for their home.</param>
    public static Map<string, string> Of(string home) =>
        Map(
            ("PATH", Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin"),
            ("HOME", home),
            ("LANG", "C.UTF-8")
        );
}
