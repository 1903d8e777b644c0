using Kennel.Core.Planning;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class RoomTests
{
    private static readonly FreeSpace LargeAndNearlyFull = new("/nix/store", 8L << 30, 1L << 40);
    private static readonly FreeSpace SmallWithoutRoom = new("/var/lib/kennel", 300L << 20, 10L << 30);
    private static readonly FreeSpace SmallWithRoom = new("/var/lib/kennel", 600L << 20, 10L << 30);

    [Fact]
    public void A_build_begins_when_every_disk_has_the_room_it_needs()
    {
        Assert.Equal(None, WaitsFor(LargeAndNearlyFull, SmallWithRoom));
        Assert.False(CollectsGarbage(LargeAndNearlyFull, SmallWithRoom));
    }

    [Fact]
    public void A_build_waits_for_a_disk_without_room_though_another_has_less_of_its_size_free()
    {
        Assert.Equal(Some(SmallWithoutRoom), WaitsFor(LargeAndNearlyFull, SmallWithoutRoom));
        Assert.True(CollectsGarbage(LargeAndNearlyFull, SmallWithoutRoom));
    }

    private static Option<FreeSpace> WaitsFor(params FreeSpace[] disks)
    {
        var sight = Of(disks);
        return QueuePlanner
            .Plan(sight, BuildQueue.Of(sight), sight.Desired.Builds[0])
            .Notes.Choose(note => note is Note.Waiting { On: WaitingOn.Room room } ? Some(room.Space) : None)
            .HeadOrNone();
    }

    private static bool CollectsGarbage(params FreeSpace[] disks) =>
        QueuePlanner.MakeRoom(Of(disks)).Steps.Exists(step => step.Action is Action.CollectGarbage);

    private static Sight Of(FreeSpace[] disks)
    {
        var build = Scene.Queued(1, Scene.Project, Scene.Main);
        return new Sight(
            Scene.Desired() with
            {
                Builds = Seq1(build),
            },
            Scene.Observed() with
            {
                Fetches = Map((build.Id, (FetchState)new FetchState.Fetched(Scene.Commit(1), ""))),
                FreeSpace = Observation.Known(disks.ToSeq()),
            }
        );
    }
}
