using Kennel.Core.Routing;
using static Kennel.Tests.Routing.Rows;

namespace Kennel.Tests.Caddy;

/// <summary>
/// A Caddy with sites. The store and the sockets lie elsewhere in these tests, so that they need neither Nix nor root;
/// all else is as it is rendered.
/// </summary>
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
    public static Task Serve(CaddyProcess caddy, RoutingTable table) =>
        caddy.Change(HttpMethod.Patch, "/config/apps/http/servers/web/routes", $"[{Document(caddy, table)}]");

    /// <summary>Where a file of a site is.</summary>
    public static string FileOf(CaddyProcess caddy, string path)
    {
        var parts = path.Split('/', 2);
        var root = ((Route.Site)Site(parts[0])).Root.Value;
        return Path.Combine(caddy.Files, Path.GetFileName(root), parts[1]);
    }

    /// <summary>Where Kennel is asked.</summary>
    public static string WakeSocket(CaddyProcess caddy) => Path.Combine(caddy.Files, "wake.sock");

    private static string Document(CaddyProcess caddy, RoutingTable table) =>
        RoutingDocument
            .Render(table)
            .Replace("/nix/store", caddy.Files, StringComparison.Ordinal)
            .Replace(WakeDoor.Socket, WakeSocket(caddy), StringComparison.Ordinal);
}
