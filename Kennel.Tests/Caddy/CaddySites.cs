using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Routing;
using static Kennel.Tests.Routing.Rows;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Caddy;

/// <summary>A Caddy with sites.</summary>
internal static class CaddySites
{
    /// <summary>Starts one that serves a table, with these files: the site's name is the first part of each path.</summary>
    public static async Task<CaddyProcess> Serving(RoutingTable table, params (string Path, string Text)[] files)
    {
        var caddy = await CaddyProcess.Start();
        foreach (var (path, text) in files)
        {
            var file = new FileInfo(FileOf(caddy, path));
            file.Directory!.Create();
            await File.WriteAllTextAsync(file.FullName, text);
            file.LastWriteTimeUtc = DateTime.UnixEpoch.AddSeconds(1);
        }
        await Serve(caddy, table);
        return caddy;
    }

    /// <summary>Serves this table and nothing else of Kennel's.</summary>
    public static async Task Serve(CaddyProcess caddy, RoutingTable table)
    {
        var seen = Assert.IsType<Observation<ObservedRouting>.Known>(await caddy.Client.Routing(default)).Value;
        var write = new Action.WriteRoutes(seen.Place, seen.Version, table);
        Assert.Equal(Effect.Happened, await caddy.Client.Write(write, default));
    }

    /// <summary>Where a file of a site is.</summary>
    public static string FileOf(CaddyProcess caddy, string path)
    {
        var parts = path.Split('/', 2);
        var root = ((Route.Site)Site(parts[0])).Root.Value;
        return Path.Combine(caddy.Files, Path.GetFileName(root), parts[1]);
    }

    /// <summary>Where Kennel is asked.</summary>
    public static string WakeSocket(CaddyProcess caddy) => Path.Combine(caddy.Files, "wake.sock");
}
