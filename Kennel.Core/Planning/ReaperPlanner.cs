using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// What Kennel no longer needs to keep on disk: mirrors of projects that are gone, old logs and old copies of the
/// database. Nothing goes that a row refers to, and nothing while a row could not be read.
/// </summary>
public static class ReaperPlanner
{
    /// <summary>How long the output of a build is kept, and longer as long as its releases are in use.</summary>
    public static readonly TimeSpan LogsKept = TimeSpan.FromDays(30);

    /// <summary>How many copies of the database are kept.</summary>
    public const int BackupsMax = 3;

    /// <summary>One step for each thing that may go.</summary>
    public static Seq<Part> Plan(Sight sight) =>
        sight.Desired.Damage.IsEmpty
            ? sight.Observed.KeptFiles.Match(files => Plan(sight, files), _ => Seq<Part>())
            : Seq<Part>();

    private static Seq<Part> Plan(Sight sight, Seq<KeptFile> files)
    {
        var builds = BuildsInUse(sight);
        var projects = toSet(sight.Desired.Projects.Map(project => project.Id));
        var newest = NewestBackups(files);
        return files.Bind(file =>
            Reason(sight, file, builds, projects, newest)
                .Map(reason => Part.Step(new Subject.Host(), new Action.RemoveFile(file), reason))
                .ToSeq()
        );
    }

    private static Option<string> Reason(
        Sight sight,
        KeptFile file,
        Set<BuildId> builds,
        Set<ProjectId> projects,
        Set<string> newest
    ) =>
        file switch
        {
            KeptFile.Mirror it => projects.Contains(it.Project) ? None : Some("its project was removed"),
            KeptFile.BuildLog it => it.WrittenAt + LogsKept > sight.Now || builds.Contains(it.Build)
                ? None
                : Some($"it is older than {LogsKept.TotalDays:0} days and nothing of the build is in use"),
            KeptFile.Backup it => newest.Contains(it.Name) ? None : Some($"there are {BackupsMax} newer ones"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Set<BuildId> BuildsInUse(Sight sight) =>
        toSet(
            Joined(
                sight.Desired.Builds.Map(build => build.Id),
                sight
                    .Desired.Branches.Bind(branch => branch.Deployments)
                    .Bind(deployment => Joined(deployment.TargetRelease.ToSeq(), deployment.ServingRelease.ToSeq()))
                    .Map(release => release.Build)
            )
        );

    private static Set<string> NewestBackups(Seq<KeptFile> files) =>
        toSet(
            files
                .Bind(file => file is KeptFile.Backup backup ? Seq1(backup) : Seq<KeptFile.Backup>())
                .OrderByDescending(backup => backup.WrittenAt)
                .ThenByDescending(backup => backup.Name, StringComparer.Ordinal)
                .Take(BackupsMax)
                .Select(backup => backup.Name)
        );
}
