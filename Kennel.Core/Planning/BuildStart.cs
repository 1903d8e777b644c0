using Kennel.Core.Domain;
using Kennel.Core.Units;

namespace Kennel.Core.Planning;

/// <summary>How a build begins: a directory, a record, a unit.</summary>
internal static class BuildStart
{
    /// <summary>Starts a build's unit, once nothing of that name is loaded.</summary>
    public static Part Start(Sight sight, DesiredBuild build, CommitId commit) =>
        sight.Observed.Units.Match(
            known: units =>
                units
                    .Find(UnitName.OfBuild(build.Id))
                    .Match(
                        unit =>
                            unit.Mark == Some(sight.Settings.Instance)
                                ? Retirement.Of(build.Subject, unit, () => None, sight.Now)
                                : Part.Block(build.Subject, new BlockedBy.ForeignUnit(unit.Name)),
                        () => StartNow(sight, build, commit)
                    ),
            unknown: reason => Part.Wait(build.Subject, new WaitingOn.Sight("systemd", reason))
        );

    private static Part StartNow(Sight sight, DesiredBuild build, CommitId commit)
    {
        var subject = build.Subject;
        return Part.Step(subject, new Action.MakeBuildDirectory(build.Id), "its unit writes there")
            + Part.Step(
                subject,
                new Action.RecordBuilding(build.Id, commit, sight.Now),
                $"commit {commit.Short} is here"
            )
            + StartUnit(sight, build, commit, "it is its turn");
    }

    /// <summary>Whether a build was recorded as begun and its unit, which could not be started, is to be tried again.</summary>
    public static bool IsTriedAgain(Sight sight, DesiredBuild build)
    {
        var unit = UnitName.OfBuild(build.Id);
        var isGone = sight.Observed.Units.Match(known: units => !units.ContainsKey(unit), unknown: _ => false);
        var hasResult = sight.Observed.BuildDirectories.Match(
            known: directories => directories.Find(build.Id).Bind(result => result).IsSome,
            unknown: _ => false
        );
        return build is { State: BuildState.Building, Commit.IsSome: true }
            && isGone
            && !hasResult
            && sight.Desired.Attempts.ContainsKey(ActionKeys.OfStart(unit))
            && BackOff.GaveUp(sight.Desired, unit).IsNone;
    }

    /// <summary>Starts the unit of a build that was recorded as begun.</summary>
    public static Part StartUnit(Sight sight, DesiredBuild build, CommitId commit, string reason) =>
        Part.Step(
            build.Subject,
            new Action.StartUnit(
                UnitName.OfBuild(build.Id),
                BuildUnit.Properties(UnitInput(sight.Settings, build, commit))
            ),
            reason
        );

    private static BuildUnitInput UnitInput(Settings settings, DesiredBuild build, CommitId commit) =>
        new(
            build.Id,
            build.Project.Id,
            commit,
            build.Title,
            settings.Instance,
            settings.BuildLimits,
            settings.BuildHost
        );
}
