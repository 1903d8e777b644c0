using Kennel.Core.Views;

namespace Kennel.Tests.Host;

/// <summary>What tests look at on a host: the real thing, not only what Kennel says of it.</summary>
internal static class HostLooks
{
    private const string AdminSocket = "/run/caddy-admin/admin.sock";

    /// <summary>Waits until Kennel has nothing more to do and waits for nothing.</summary>
    public static Task UntilSettled(this TestHost host, TimeSpan? limit = null)
    {
        Ended? last = null;
        return TestHost.Until(
            "Kennel has nothing more to do",
            async () =>
                (last = await host.TryAsk("status")).ExitStatus == 0
                && IsAtRest(TestHost.Read<StatusView>(last.Output)),
            () => $"{last}",
            limit
        );
    }

    /// <summary>The names of running units of deployments, each with the id of this start of it.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Invocations(this TestHost host)
    {
        var shown = await host.Run(
            """
            systemctl list-units --plain --no-legend --state=running 'kennel-*.service' | awk '{ print $1 }' | sort |
                while read -r unit; do echo "$unit $(systemctl show --property InvocationID --value "$unit")"; done
            """
        );
        return Lines(shown).Select(line => line.Split(' ')).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    /// <summary>
    /// The units of deployments, builds and removals that are loaded in any state; not the one with which Kennel tries the
    /// host's limits for a moment after its start.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Units(this TestHost host) =>
        Lines(
            await host.Run(
                "systemctl list-units --all --plain --no-legend 'kennel-*.service' | awk '$1 != \"kennel-canary.service\" { print $1, $3 }' | sort"
            )
        );

    /// <summary>The directories and links that Kennel made for branches and builds.</summary>
    public static async Task<IReadOnlyList<string>> Files(this TestHost host) =>
        Lines(
            await host.Run(
                "find /var/lib/knl /var/lib/private/knl /var/lib/kennel/roots /var/lib/kennel/builds -mindepth 1 -maxdepth 1 2>/dev/null | sort || true"
            )
        );

    /// <summary>Caddy's whole configuration.</summary>
    public static Task<string> CaddyConfiguration(this TestHost host) =>
        host.Run($"curl --silent --fail --unix-socket {AdminSocket} http://localhost/config/");

    /// <summary>The rows of the table that Caddy reads, each the host name and its row.</summary>
    public static async Task<IReadOnlyList<string>> Routes(this TestHost host) =>
        Lines(
            await host.Run(
                """
                cd /var/lib/kennel/routes
                [ ! -e current ] || find current/ -mindepth 1 -printf '%P %l\n' | sort
                """
            )
        );

    /// <summary>What carries Kennel's mark, by its own word, but for ports that cool.</summary>
    public static async Task<IReadOnlyList<InventoryItem>> Inventory(this TestHost host) =>
        (await host.Ask<InventoryView>("inventory"))
            .Items.Filter(item => !item.Detail.StartsWith("cooling", StringComparison.Ordinal))
            .ToList();

    /// <summary>The builds there were, newest first.</summary>
    public static Task<Seq<BuildView>> Builds(this TestHost host) => host.Ask<Seq<BuildView>>("builds");

    /// <summary>Holds when no trace of any deployment is left on the host.</summary>
    public static async Task ExpectNothingLeft(this TestHost host)
    {
        await TestHost.Until(
            "leases have cooled",
            async () => (await host.Ask<InventoryView>("inventory")).Items.IsEmpty
        );
        Assert.Empty(await host.Units());
        Assert.Empty(await host.Files());
        Assert.Empty(await host.Routes());
        Assert.Empty(await host.Ask<Seq<DeploymentView>>("deployments"));
    }

    /// <summary>Waits until a deployment stands as it should.</summary>
    public static Task UntilState(this TestHost host, string branch, string component, string state) =>
        TestHost.Until(
            $"{branch} {component} is {state}",
            async () =>
                (await host.Ask<Seq<DeploymentView>>("deployments")).Exists(it =>
                    it.Branch == branch && it.Component == component && it.State == state
                )
        );

    /// <summary>The host name of a branch's primary component.</summary>
    public static string HostName(string project, string branch) => $"{project}-{branch}.{TestHost.Domain}";

    private static bool IsAtRest(StatusView status) =>
        status.Changes == 0
        && status.Builds.IsEmpty
        && status.Unseen.IsEmpty
        && !status.Notes.Exists(note => note.Kind == "waiting");

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
