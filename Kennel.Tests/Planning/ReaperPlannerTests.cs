using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class ReaperPlannerTests
{
    private static readonly KeptFile OldLog = new KeptFile.BuildLog(new BuildId(77)) { WrittenAt = Old };

    private static DateTimeOffset Old => Scene.Now - ReaperPlanner.LogsKept - TimeSpan.FromSeconds(1);

    [Fact]
    public void The_mirror_of_a_project_that_is_gone_goes_and_others_stay()
    {
        var known = Scene.Desired(Scene.Live()).Projects.Head().Id;
        Assert.Equal(
            ["mirror 99"],
            Removed(Mirror(known), new KeptFile.Mirror(new ProjectId(99)) { WrittenAt = Scene.Now })
        );
    }

    [Fact]
    public void A_log_goes_after_thirty_days() =>
        Assert.Equal(
            ["log of build 77"],
            Removed(OldLog, new KeptFile.BuildLog(new BuildId(78)) { WrittenAt = Old.AddSeconds(2) })
        );

    [Fact]
    public void The_log_of_a_build_that_serves_stays_however_old_it_is()
    {
        var serving = Scene.Live().Deployments.Bind(it => it.ServingRelease.ToSeq()).Head().Build;
        Assert.Empty(Removed(new KeptFile.BuildLog(serving) { WrittenAt = Old }));
    }

    [Fact]
    public void The_three_newest_backups_stay() =>
        Assert.Equal(["backup b1", "backup b2"], Removed([.. Range(1, 5).Map(Backup)]));

    [Fact]
    public void Nothing_goes_while_a_row_cannot_be_read()
    {
        var desired = Scene.Desired(Scene.Live()) with { Damage = Seq1("branch 7 is left alone") };
        Assert.Empty(ReaperPlanner.Plan(new Sight(desired, Seen(OldLog))));
    }

    [Fact]
    public void What_could_not_be_looked_at_is_left_alone() =>
        Assert.Empty(ReaperPlanner.Plan(new Sight(Scene.Desired(Scene.Live()), Scene.Observed())));

    private static KeptFile Backup(int number) =>
        new KeptFile.Backup($"b{number}") { WrittenAt = Scene.Now.AddMinutes(number) };

    private static KeptFile Mirror(ProjectId project) => new KeptFile.Mirror(project) { WrittenAt = Old };

    private static Observed Seen(params KeptFile[] files) =>
        Scene.Observed() with
        {
            KeptFiles = Observation.Known(files.ToSeq()),
        };

    private static IEnumerable<string> Removed(params KeptFile[] files) =>
        ReaperPlanner
            .Plan(new Sight(Scene.Desired(Scene.Live()), Seen(files)))
            .Bind(part => part.Steps)
            .Map(step => Assert.IsType<Action.RemoveFile>(step.Action).File.Title);
}
