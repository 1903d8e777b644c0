using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class InboxReaderTests : IDisposable
{
    private const string Push = """
        {
            "ref": "refs/heads/main",
            "before": "1111111111111111111111111111111111111111",
            "after": "2222222222222222222222222222222222222222",
            "repository": { "id": 1, "name": "hello", "owner": { "login": "club" }, "clone_url": "https://git.example.org/a" }
        }
        """;

    private readonly StoreOnTrial store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_flood_for_one_project_leaves_room_for_the_others()
    {
        await store.Register();
        await store.Register("other");
        foreach (var number in Range(1, 600))
            await Keep($"flood {number}", "hello", Push);
        await Keep("one", "other", Push);
        var inbox = (await store.Read()).Inbox;
        Assert.Contains(inbox, delivery => delivery.Id == new DeliveryId(601));
        Assert.InRange(inbox.Count, 2, 600);
        Assert.Equal(new DeliveryId(1), inbox[0].Id);
    }

    [Fact]
    public async Task A_delivery_that_cannot_be_read_is_told_as_such_and_damages_nothing()
    {
        await store.Register();
        await Keep("broken", "hello", """{ "ref": 7 }""");
        var desired = await store.Read();
        Assert.Empty(desired.Damage);
        var news = Assert.IsType<News.Nothing>(Assert.Single(desired.Inbox).Message.News);
        Assert.StartsWith("it cannot be read", news.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_a_delivery_led_to_follows_its_branch_and_one_that_a_person_asked_for_does_not()
    {
        await store.Register();
        var asked = await store.Deploy();
        var moved = StoreOnTrial.Must(CommitId.Parse("", new string('c', 40)));
        Assert.IsType<Core.Ports.Effect.Failed>(await store.Record(new Action.RecordMoved(asked, moved)));
        var project = (await store.Read()).Projects[0].Id;
        await Keep("push", "hello", Push);
        await store.Done(
            new Action.RecordDeliveries(
                project,
                Seq1(new DeliveryEnd(new DeliveryId(1), "deploy")),
                Seq<PullRequest>(),
                Seq1<BranchIntent>(new BranchIntent.Deploy(StoreOnTrial.Main, StoreOnTrial.Commit)),
                Map((StoreOnTrial.Main, StoreOnTrial.Commit)),
                store.Clock.Now
            )
        );
        var announced = (await store.Read()).Builds.Last();
        await store.Done(new Action.RecordMoved(announced.Id, moved));
        await store.Done(new Action.RecordMoved(announced.Id, moved));
        Assert.Equal(Some(moved), (await store.Read()).Builds.Last().AnnouncedCommit);
        Assert.Equal(Some(moved), (await store.Read()).Heads.Find((project, StoreOnTrial.Main)));
    }

    private Task<int> Keep(string delivery, string project, string body) =>
        store.Database.Write(
            session =>
                session.Execute(
                    """
                    INSERT INTO deliveries (delivery, event, project, body, received_at)
                    SELECT @delivery, 'push', id, @body, 0 FROM projects WHERE name = @project
                    """,
                    ("@delivery", delivery),
                    ("@project", project),
                    ("@body", body)
                ),
            _ => true,
            CancellationToken.None
        );
}
