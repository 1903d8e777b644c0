using Kennel.Core.Domain;
using Kennel.Core.Ports;
using Kennel.Core.Routing;
using Kennel.Shell.Reconcile;
using Kennel.Tests.Routing;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Reconcile;

public sealed class FaultFileTests : IDisposable
{
    private static readonly Action One = new Action.RecordAccepted(new ReleaseId(1), DateTimeOffset.UnixEpoch);
    private static readonly Action Two = new Action.RecordAccepted(new ReleaseId(2), DateTimeOffset.UnixEpoch);
    private static readonly Action Three = new Action.RecordAccepted(new ReleaseId(3), DateTimeOffset.UnixEpoch);

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("fault");

    public void Dispose() => directory.Delete(recursive: true);

    private string Path => System.IO.Path.Combine(directory.FullName, "fault");

    [Fact]
    public void Without_the_file_nothing_dies_and_nothing_is_written()
    {
        Assert.Equal(["One", "Two", "Three"], Life(One, Two, Three));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void It_dies_once_before_each_effect()
    {
        File.WriteAllText(Path, "before 0 0 stage\n");

        Assert.Equal(["died", "One", "died", "Two", "died", "Three"], Lives());
    }

    [Fact]
    public void It_dies_once_after_each_effect()
    {
        File.WriteAllText(Path, "after 0 0 stage\n");

        Assert.Equal(["One", "died", "Two", "died", "Three", "died"], Lives());
    }

    [Fact]
    public void It_lets_effects_pass_first_and_others_after_each_death()
    {
        File.WriteAllText(Path, "before 1 2 stage\n");
        Assert.Equal(["One", "died", "Two", "Three"], Lives());

        File.WriteAllText(Path, "before 0 2 stage\n");
        Assert.Equal(["died", "One", "Two", "died", "Three"], Lives());
    }

    [Fact]
    public void What_is_done_again_is_let_pass()
    {
        File.WriteAllText(Path, "after 0 0 stage\n");

        Assert.Equal(1, Enumerable.Range(0, 20).Count(_ => Life(One).Contains("died")));
    }

    [Fact]
    public void Routes_that_are_written_again_and_are_others_are_another_effect()
    {
        File.WriteAllText(Path, "after 0 0 stage\n");
        var (first, second) = (Write("a.test"), Write("b.test"));

        Assert.Equal([1, 0, 1, 0], new[] { first, first, second, first }.Select(write => Deaths(write)));
    }

    [Fact]
    public void Another_order_begins_anew()
    {
        var fault = Hook();
        File.WriteAllText(Path, "before 1 9 one\n");
        Assert.Equal(["One"], Life(fault, One));
        File.WriteAllText(Path, "before 1 9 other\n");

        Assert.Equal(["One", "died"], Life(fault, One, Two));
    }

    [Fact]
    public void An_effect_that_was_under_way_when_the_file_appeared_does_not_count()
    {
        var fault = Hook();
        fault.Before(One);
        File.WriteAllText(Path, "after 0 0 stage\n");

        Assert.Equal(Effect.Happened, fault.After(One, Effect.Happened));
    }

    /// <summary>Lives until one ends well; what was done is not done again.</summary>
    private List<string> Lives()
    {
        List<string> story = [];
        Action[] all = [One, Two, Three];
        for (var life = 0; life < 10; life++)
        {
            Action[] left = [.. all.Where(action => !story.Contains(NameOf(action)))];
            if (left.Length == 0)
                break;
            var told = Life(left);
            story.AddRange(told);
            if (!told.Contains("died"))
                break;
        }
        return story;
    }

    private List<string> Life(params Action[] actions) => Life(Hook(), actions);

    private int Deaths(Action action) => Life(action).Count(told => told == "died");

    private static Action.WriteRoutes Write(string host) =>
        new(new RoutingPlace.Present("etag", IsCurrent: true), "1", Rows.Table((host, Rows.Service(1))));

    private FaultFile Hook() => new(Path, () => throw new DeathException());

    private static List<string> Life(FaultFile fault, params Action[] actions)
    {
        List<string> told = [];
        try
        {
            foreach (var action in actions)
            {
                Assert.Equal(None, fault.Before(action));
                told.Add(NameOf(action));
                fault.After(action, Effect.Happened);
            }
        }
        catch (DeathException)
        {
            told.Add("died");
        }
        return told;
    }

    private static string NameOf(Action action) =>
        action == One ? nameof(One)
        : action == Two ? nameof(Two)
        : nameof(Three);

    private sealed class DeathException : Exception;
}
