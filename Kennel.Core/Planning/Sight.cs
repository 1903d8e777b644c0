using Kennel.Core.Domain;
using Kennel.Core.Routing;

namespace Kennel.Core.Planning;

/// <summary>Desired and observed side by side, with the indexes that more than one planner asks.</summary>
public sealed class Sight
{
    private const int GenerationSuffixLength = 19;

    private readonly Map<UnitName, Lease> leaseByUnit;
    private readonly Map<string, Seq<ObservedUnit>> unitsByStem;
    private readonly ILookup<ProjectId, DesiredBranch> livingBranches;
    private readonly ILookup<BranchId, ObservedUnit> steps;
    private readonly ILookup<BranchId, ObservedUnit> copies;

    /// <summary>Puts the two side by side.</summary>
    public Sight(Desired desired, Observed observed)
    {
        Desired = desired;
        Observed = observed;
        leaseByUnit = toMap(
            desired.Leases.Values.Where(lease => lease.ReleasedAt.IsNone).Select(lease => (lease.Unit, lease))
        );
        livingBranches = desired.Branches.Where(branch => branch.Removed.IsNone).ToLookup(branch => branch.Project.Id);
        steps = observed
            .Units.ToOption()
            .ToSeq()
            .SelectMany(units => units.Values)
            .SelectMany(unit => unit.Name.Step.ToSeq().Map(step => (step.Branch, Unit: unit)))
            .ToLookup(pair => pair.Branch, pair => pair.Unit);
        copies = observed
            .Units.ToOption()
            .ToSeq()
            .SelectMany(units => units.Values)
            .SelectMany(unit => unit.Name.Copy.ToSeq().Map(branch => (Branch: branch, Unit: unit)))
            .ToLookup(pair => pair.Branch, pair => pair.Unit);
        unitsByStem = observed.Units.Match(
            units =>
                toMap(
                    units
                        .Values.Where(unit => StemOf(unit.Name).IsSome)
                        .GroupBy(unit => StemOf(unit.Name).IfNone(""))
                        .Select(group => (group.Key, group.ToSeq()))
                ),
            _ => Map<string, Seq<ObservedUnit>>()
        );
    }

    /// <summary>What the store says.</summary>
    public Desired Desired { get; }

    /// <summary>What was seen.</summary>
    public Observed Observed { get; }

    /// <summary>The time of the look.</summary>
    public DateTimeOffset Now => Observed.Now;

    /// <summary>The host's configuration.</summary>
    public Settings Settings => Desired.Settings;

    /// <summary>The branches of a project that are not being removed.</summary>
    public Seq<DesiredBranch> LivingBranches(ProjectId project) => livingBranches[project].ToSeq().Strict();

    /// <summary>The lease of a unit that may be used: one that was not released.</summary>
    public Option<Lease> LeaseOf(UnitName unit) => leaseByUnit.Find(unit);

    /// <summary>All loaded generations of a deployment, ours or not.</summary>
    public Seq<ObservedUnit> Generations(UnitStem stem) => unitsByStem.Find(stem.Value).IfNone(Seq<ObservedUnit>());

    /// <summary>The loaded generations of a branch that carry our mark.</summary>
    public Seq<ObservedUnit> UnitsOf(DesiredBranch branch) =>
        branch.Stems.Bind(Generations).Filter(unit => unit.Mark == Some(Settings.Instance));

    /// <summary>The loaded units of a branch's steps that carry our mark.</summary>
    public Seq<ObservedUnit> StepsOf(DesiredBranch branch) =>
        steps[branch.Id].Where(unit => unit.Mark == Some(Settings.Instance)).ToSeq().Strict();

    /// <summary>The loaded units that fill a branch's database and carry our mark.</summary>
    public Seq<ObservedUnit> CopiesOf(DesiredBranch branch) =>
        copies[branch.Id].Where(unit => unit.Mark == Some(Settings.Instance)).ToSeq().Strict();

    /// <summary>Whether any row that is served leads to this port.</summary>
    public static bool IsRouted(RoutingTable table, Port port) =>
        table.Entries.Values.Any(entry => entry.Route is Route.Service service && service.Port == port);

    /// <summary>Whether a unit's name is that of a generation of this deployment.</summary>
    public static bool IsGeneration(UnitName unit, UnitStem stem) => StemOf(unit) == Some(stem.Value);

    /// <summary>The stem in a unit's name, if it has the form of a generation's.</summary>
    public static Option<string> StemOf(UnitName unit)
    {
        var text = unit.Value;
        var stemLength = text.Length - GenerationSuffixLength;
        return
            stemLength > 0
            && text[stemLength] == '-'
            && Digest.Parse("unit", text[(stemLength + 1)..^".service".Length]).IsSuccess
            ? Some(text[..stemLength])
            : None;
    }
}
