namespace Kennel.Core.Configuration;

/// <summary>The reference page of the configuration, made from the same list that the reader stands on.</summary>
public static class ConfigurationReference
{
    private const string Introduction = """
        # Configuration

        `kennel serve` reads `/etc/kennel/config.json`, or the file that `--config` names. It is one JSON object; a dot in
        a name below is a nested object: `caddy.port` is `{ "caddy": { "port": 443 } }`. The names are those of the NixOS
        module's `services.kennel` options, without that prefix. What is absent has its default, and without
        `/etc/kennel/config.json` everything has. An unknown option or an unacceptable value is refused, with its
        place, the value and what is allowed; all mistakes are told at once. Secrets never stand in this file: options
        name the files that hold them. Kennel reads the file when it starts: `systemctl restart kennel` after a change
        (deployments run on meanwhile).

        This page is made from the program's own list of options.

        """;

    /// <summary>The whole page, in Markdown.</summary>
    public static string Page() => Introduction + "\n" + string.Join("\n", ConfigurationEntries.All.Map(Section));

    private static string Section(ConfigurationEntry entry) =>
        $"""
            ## `{entry.Key}`

            {entry.Meaning}

            Type: {entry.Type} ({entry.Allowed}). Default: `{entry.Default}`.

            """;
}
