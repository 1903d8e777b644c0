namespace Kennel.Core.Routing;

/// <summary>The first text of a row: how Caddy serves it.</summary>
internal static class RouteKind
{
    /// <summary>A service; the row's second text is a port of this machine.</summary>
    public const string Service = "service";

    /// <summary>A site; the row's other texts are its key and that of the site before it, or its own again.</summary>
    public const string Site = "site";

    /// <summary>A single-page site; the same.</summary>
    public const string SinglePage = "single-page";

    /// <summary>A branch that sleeps.</summary>
    public const string Asleep = "asleep";

    /// <summary>A branch that is being worked on; the row's second text is the key of its page.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>What a request of a sleeping branch becomes when it was woken.</summary>
    public const string Woken = "woken";

    private const string HiddenMark = "hidden-";

    private static readonly string[] All = [Service, Site, SinglePage, Asleep, Maintenance];

    /// <summary>The same kind for a host that search engines are told to stay away from.</summary>
    public static string Hidden(string kind) => HiddenMark + kind;

    /// <summary>The kind without the mark, and whether it had one.</summary>
    public static (string Kind, bool IsHidden) Parse(string kind) =>
        kind.StartsWith(HiddenMark, StringComparison.Ordinal) ? (kind[HiddenMark.Length..], true) : (kind, false);

    /// <summary>Whether this version knows it, hidden or not.</summary>
    public static bool IsKnown(string kind) => All.Contains(Parse(kind).Kind);

    /// <summary>Kinds, hidden or not, as items of a JSON array.</summary>
    public static string Any(params string[] kinds) =>
        string.Join(", ", kinds.SelectMany(kind => new[] { kind, Hidden(kind) }).Select(kind => $"\"{kind}\""));

    /// <summary>All kinds that are hidden, as items of a JSON array.</summary>
    public static string AllHidden() => string.Join(", ", All.Select(kind => $"\"{Hidden(kind)}\""));
}
