using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Routing;

namespace Kennel.PropertyTests.World;

/// <summary>
/// Everything outside Kennel on one simulated host, as plain state that time changes. The ports read and write it;
/// scenarios break it.
/// </summary>
public sealed class SimulatedHost
{
    private static readonly TimeSpan BuildTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CleanTime = TimeSpan.FromMilliseconds(100);

    private int invocations;

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch.AddYears(50);

    public SortedDictionary<UnitName, SimulatedUnit> Units { get; } = [];

    public System.Collections.Generic.HashSet<StorePath> StorePaths { get; } = [];

    public Map<RootName, StorePath> Roots { get; set; }

    public Set<string> StateDirectories { get; set; }

    public Map<BuildId, Option<BuildResult>> BuildDirectories { get; set; }

    public Map<BuildId, FetchState> Fetches { get; set; }

    public Map<string, CommitId> Heads { get; set; }

    public Map<CommitId, SimulatedCommit> Commits { get; set; }

    public RoutingTable Table { get; set; } = RoutingTable.Empty;

    public bool HasSubtree { get; set; }

    public int CaddyVersion { get; set; }

    public int CaddyWrites { get; set; }

    /// <summary>The systems that cannot be seen now, by name.</summary>
    public Set<string> Blind { get; set; }

    /// <summary>Hosts whose presence in the table makes Caddy refuse it.</summary>
    public Set<HostName> Poison { get; set; }

    /// <summary>Starts a unit, as a service manager does; the caller has checked that it does not exist.</summary>
    public SimulatedUnit Start(UnitName name, Seq<Core.Units.UnitProperty> properties)
    {
        var program = properties
            .Bind(property =>
                property.Value is Core.Units.UnitValue.Commands commands
                    ? commands.Values
                    : Seq<Core.Units.CommandLine>()
            )
            .HeadOrNone()
            .Map(command => command.Path)
            .IfNone("");
        var behaviour = Commits
            .Values.ToSeq()
            .Bind(commit => commit.Components)
            .Find(component => program.StartsWith(component.StorePath.Value + "/", StringComparison.Ordinal))
            .Map(component => component.Behaviour);
        var unit = new SimulatedUnit(name, properties, Now, ++invocations) { Behaviour = behaviour };
        Units[name] = unit;
        unit.StateDirectory.IfSome(directory => StateDirectories = StateDirectories.AddOrUpdate(directory));
        return unit;
    }

    /// <summary>When something next changes by itself.</summary>
    public Option<DateTimeOffset> NextEvent() =>
        Units
            .Values.ToSeq()
            .Bind(unit => (unit.NextEvent(Now) | Ending(unit)).ToSeq())
            .OrderBy(at => at)
            .ToSeq()
            .HeadOrNone();

    /// <summary>Lets time pass.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        Now = time > Now ? time : Now;
        foreach (var unit in Units.Values.ToList())
        {
            if (unit.IsGone(Now))
                Units.Remove(unit.Name);
            else if (Ending(unit).Exists(at => at <= Now))
                End(unit);
        }
    }

    /// <summary>The machine restarts: transient units and what Kennel kept in memory are gone; files stay.</summary>
    public void Reboot()
    {
        foreach (var unit in Units.Values.Where(unit => !unit.IsForeign).ToList())
            Units.Remove(unit.Name);
        Fetches = Map<BuildId, FetchState>();
    }

    /// <summary>Removes every store path that no root protects and no out-link of a build.</summary>
    public void CollectGarbage()
    {
        var linked = BuildDirectories
            .Values.ToSeq()
            .Somes()
            .Bind(result => result is BuildResult.Built built ? built.Outputs.Values.ToSeq() : Seq<StorePath>());
        var kept = toSet(linked).AddOrUpdateRange(Roots.Values);
        StorePaths.RemoveWhere(path => !kept.Contains(path));
    }

    private Option<DateTimeOffset> Ending(SimulatedUnit unit) =>
        unit.Name.Build.IsSome ? Some(unit.StartedAt + BuildTime)
        : unit.Name.Value.StartsWith("kennel-clean-", StringComparison.Ordinal) && !unit.IsForeign
            ? Some(unit.StartedAt + CleanTime)
        : None;

    private void End(SimulatedUnit unit)
    {
        Units.Remove(unit.Name);
        unit.Name.Build.Match(build => SimulatedBuild.End(this, unit, build), () => Clean(unit));
    }

    private void Clean(SimulatedUnit unit)
    {
        var named = unit.Commands.Bind(command => command.Arguments).Map(path => path.Split('/')[^1]);
        StateDirectories = StateDirectories.Filter(directory => !named.Contains(directory));
    }
}
