using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>A system that could not be looked at: what is shown says nothing about it.</summary>
/// <param name="System">The system.</param>
/// <param name="Reason">Why it could not be looked at.</param>
public sealed record UnseenView(string System, string Reason)
{
    /// <summary>All systems that could not be looked at.</summary>
    public static Seq<UnseenView> Of(Observed observed) =>
        Joined(
            One("systemd", observed.Units),
            One("Caddy", observed.Routing),
            One("listening ports", observed.Listeners),
            One("connections", observed.Connections),
            One("state directories", observed.StateDirectories),
            One("garbage collector roots", observed.Roots),
            One(DatabasePlanner.System, observed.Databases),
            One("secrets in memory", observed.SecretFiles),
            One("database dumps", observed.Dumps),
            One(CachePlanner.System, observed.Caches),
            One(BucketPlanner.System, observed.Buckets),
            One("build directories", observed.BuildDirectories),
            One("Cloudflare", observed.Records)
        );

    /// <summary>The same, and the access log: what is shown of one branch does not depend on it.</summary>
    public static Seq<UnseenView> OfHost(Observed observed) =>
        Joined(Of(observed), One("use of previews", observed.Requests));

    private static Seq<UnseenView> One<T>(string system, Observation<T> observation) =>
        observation.Match(
            _ => Seq<UnseenView>(),
            reason => reason == Observation.NotAsked ? Seq<UnseenView>() : Seq1(new UnseenView(system, reason))
        );
}
