using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Tests.Forge;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class NewcomersTests : IDisposable
{
    private readonly StoreOnTrial _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task All_that_waits_for_a_repository_becomes_the_new_projects()
    {
        await Keep(Bodies.Push(repository: Bodies.Repository(50)));
        await Keep(Bodies.Push(repository: Bodies.Repository(51, name: "other")));
        await Keep("");
        await Keep(Bodies.Push("refs/heads/topic", repository: Bodies.Repository(50, name: "renamed")));

        await _store.Done(
            new Action.RegisterProject(
                new DeliveryId(1),
                StoreOnTrial.Hello,
                new ForgeRepository(50, "a", "hello", "https://git.example.org/a/hello.git", None),
                _store.Clock.Now
            )
        );

        Assert.Equal(["hello", "nobody", "nobody", "hello"], await Projects());
    }

    private Task<int> Keep(string body) =>
        _store.Database.Write(
            session =>
                session.Execute(
                    """
                    INSERT INTO deliveries (delivery, event, body, received_at)
                    SELECT 'id-' || count(*), 'push', @body, 0 FROM deliveries
                    """,
                    ("@body", body)
                ),
            _ => true,
            CancellationToken.None
        );

    private Task<List<string>> Projects() =>
        _store.Database.Read(
            session =>
                session.Query(
                    """
                    SELECT coalesce(p.name, 'nobody') FROM deliveries d LEFT JOIN projects p ON p.id = d.project ORDER BY d.id
                    """,
                    row => row.GetString(0)
                ),
            CancellationToken.None
        );
}
