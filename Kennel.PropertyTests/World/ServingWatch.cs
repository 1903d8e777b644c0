using Kennel.Core.Domain;
using Kennel.Core.Routing;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>A release as it was judged.</summary>
/// <param name="Release">The release.</param>
/// <param name="Digest">What the name of its unit ends with.</param>
/// <param name="Path">Its files.</param>
/// <param name="IsAccepted">Whether it proved good.</param>
/// <param name="IsServing">Whether its deployment serves it.</param>
public sealed record JudgedRow(long Release, string Digest, string Path, bool IsAccepted, bool IsServing);

/// <summary>
/// Only accepted releases serve: what is recorded as serving proved good, and every route leads to the process or the
/// files of a release that did.
/// </summary>
/// <param name="host">The host.</param>
/// <param name="read">The releases that are remembered.</param>
public sealed class ServingWatch(SimulatedHost host, Func<Seq<JudgedRow>> read)
{
    /// <summary>How many routes were found to lead to an accepted release.</summary>
    public int AcceptedCount { get; private set; }

    /// <summary>What is wrong after this effect.</summary>
    public Seq<string> Check(Action action) =>
        // Nothing else changes what serves, where a route leads, or what a release is held for.
        action
            is Action.WriteRoutes
                or Action.StartUnit
                or Action.RecordServing
                or Action.RecordAccepted
                or Action.RecordRejected
                or Action.ForgetDeployment
                or Action.ForgetBranch
            ? Check()
            : Seq<string>();

    /// <summary>What is wrong now.</summary>
    public Seq<string> Check()
    {
        var rows = read();
        var accepted = rows.Filter(row => row.IsAccepted).Strict();
        AcceptedCount += host.Served.Entries.Count(entry => !Strangers(entry.Value.Route, accepted).Any());
        return Joined(
            rows.Filter(row => row.IsServing && !row.IsAccepted)
                .Map(row => $"release {row.Release} serves and was not accepted"),
            host.Served.Entries.AsEnumerable()
                .ToSeq()
                .Bind(entry => Strangers(entry.Value.Route, accepted).Map(it => $"{entry.Key} leads to {it}"))
        );
    }

    /// <summary>What a route leads to that is of no accepted release.</summary>
    private Seq<string> Strangers(Route route, Seq<JudgedRow> accepted) =>
        route switch
        {
            Route.Service service => host
                .Units.Values.Where(unit => unit.Port == Some(service.Port) && !IsAccepted(unit.Name, accepted))
                .Select(unit => $"{unit.Name}, which is no release that was accepted")
                .ToSeq()
                .Strict(),
            Route.Site site => Paths(site)
                .Filter(path => !accepted.Exists(row => row.Path == path.Value))
                .Map(path => $"{path}, which is no release that was accepted"),
            Route.Asleep or Route.Maintenance or Route.Verbatim => Seq<string>(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Seq<StorePath> Paths(Route.Site site) => Joined(Seq1(site.Root), site.Before.ToSeq());

    private static bool IsAccepted(UnitName unit, Seq<JudgedRow> accepted) =>
        accepted.Exists(row => unit.Value.EndsWith($"-{row.Digest}.service", StringComparison.Ordinal));
}
