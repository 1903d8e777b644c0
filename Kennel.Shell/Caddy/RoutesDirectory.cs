using System.Globalization;
using Kennel.Core.Domain;
using Kennel.Core.Routing;

namespace Kennel.Shell.Caddy;

/// <summary>
/// The routing table as files, which Caddy looks up at each request. <c>current</c> leads to the table that is served, in
/// which each host name leads to its row; renaming that one link switches all rows at once.
/// </summary>
/// <param name="root">The directory; Caddy's user must be able to read it.</param>
/// <param name="store">Where the Nix store is.</param>
internal sealed class RoutesDirectory(string root, string store)
{
    private const string NoTable = "0";
    private const string NixStore = "/nix/store";

    // Requests that began before a switch may still read what was served before it.
    private const int TablesKept = 4;

    // Reading thousands of rows takes long; what was not touched says the same.
    private (string Stamp, RoutingTable Table)? lastRead;

    private string Current => $"{root}/current";

    private string Tables => $"{root}/tables";

    private string Rows => $"{root}/rows";

    private string Sites => $"{root}/sites";

    private string Pages => $"{root}/pages";

    /// <summary>The table that is served, and the mark of its state; or why it cannot be read.</summary>
    public Either<string, (string Version, RoutingTable Table)> Read()
    {
        try
        {
            var version = Version();
            var stamp = Stamp(version);
            if (lastRead is not { } last || last.Stamp != stamp)
                lastRead = last = (stamp, RoutingFiles.Read(RowsOf(version), SiteAt, MessageAt));
            return (version, last.Table);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    /// <summary>Serves another table from now on; or says why not.</summary>
    /// <param name="version">The state of the table that must still hold.</param>
    /// <param name="table">The table.</param>
    public Either<string, Unit> Switch(string version, RoutingTable table)
    {
        try
        {
            ReadableFiles.CreateDirectory(root);
            using var turn = new FileStream($"{root}/lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            if (Version() != version)
                return "it changed meanwhile; the next pass looks again";
            var files = RoutingFiles.Of(table);
            PlaceContent(files);
            if (RowsOf(version) == files.Rows)
                return unit;
            PlaceTable(files.Rows, Number(version) + 1);
            Sweep();
            return unit;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    private void PlaceContent(RoutingFiles files)
    {
        foreach (var directory in new[] { Tables, Rows, Sites, Pages })
            ReadableFiles.CreateDirectory(directory);
        foreach (var row in files.Rows.Values.Distinct())
            ReadableFiles.Write(Mark(row), "");
        foreach (var (key, path) in files.Sites)
            ReadableFiles.Link($"{Sites}/{key}", store + path.Value[NixStore.Length..]);
        foreach (var (key, page) in files.Pages)
        {
            ReadableFiles.Write($"{Pages}/{key}/page.html", page.Html);
            ReadableFiles.Write($"{Pages}/{key}/page.txt", page.Text);
            ReadableFiles.Write(MessageOf(key), page.Message);
        }
    }

    private void PlaceTable(Map<HostName, string> rows, int number)
    {
        var table = $"{Tables}/{number}";
        // A Kennel that ended while it wrote may have left one.
        if (Directory.Exists(table))
            Directory.Delete(table, recursive: true);
        ReadableFiles.CreateDirectory(table);
        foreach (var (host, row) in rows)
            File.CreateSymbolicLink($"{table}/{host}", $"../../rows/{row}");
        ReadableFiles.Link(Current, $"tables/{number}");
    }

    private void Sweep()
    {
        var tables = Directory.EnumerateDirectories(Tables).OrderBy(Number).ToArray();
        foreach (var old in tables.SkipLast(TablesKept))
            Directory.Delete(old, recursive: true);
        var rows = tables.TakeLast(TablesKept).SelectMany(Links).Select(link => link.Row).ToHashSet();
        // The keys of sites and pages are texts of rows, in every version.
        var keys = rows.SelectMany(RoutingRow.Texts).ToHashSet();
        Sweep(Rows, rows);
        Sweep(Sites, keys);
        Sweep(Pages, keys);
    }

    private static void Sweep(string directory, IReadOnlySet<string> kept)
    {
        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            if (kept.Contains(entry.Name))
                continue;
            if (entry is DirectoryInfo { LinkTarget: null } found)
                found.Delete(recursive: true);
            else
                entry.Delete();
        }
    }

    private string Version() => Path.GetFileName(new FileInfo(Current).LinkTarget) ?? NoTable;

    private string Stamp(string version) =>
        string.Join(
            ' ',
            new[] { $"{Tables}/{version}", Rows, Sites, Pages }
                .Select(directory => Directory.GetLastWriteTimeUtc(directory).Ticks)
                .Prepend(Number(version))
        );

    private Map<HostName, string> RowsOf(string version) =>
        toMap(
            Links($"{Tables}/{version}")
                .Where(link => File.Exists(Mark(link.Row)))
                .SelectMany(link => HostName.Parse("route", link.Host).ToOption().Map(host => (host, link.Row)))
        );

    private Option<StorePath> SiteAt(string key) =>
        new FileInfo($"{Sites}/{key}").LinkTarget is { } target && target.StartsWith(store, StringComparison.Ordinal)
            ? StorePath.Parse("route", NixStore + target[store.Length..]).ToOption()
            : None;

    private Option<string> MessageAt(string key) =>
        File.Exists(MessageOf(key)) ? File.ReadAllText(MessageOf(key)) : None;

    private string Mark(string row) => $"{Rows}/{row}/{row}";

    private string MessageOf(string key) => $"{Pages}/{key}/message";

    private static IEnumerable<(string Host, string Row)> Links(string table) =>
        Directory.Exists(table)
            ? new DirectoryInfo(table)
                .EnumerateFileSystemInfos()
                .Select(link => (link.Name, Path.GetFileName(link.LinkTarget) ?? ""))
            : [];

    private static int Number(string table) =>
        int.TryParse(Path.GetFileName(table), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
