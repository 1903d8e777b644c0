using Kennel.Core.Planning;
using static Kennel.Tests.Store.StoreOnTrial;

namespace Kennel.Tests.Forge;

public sealed class RepositoryMatchTests : IAsyncLifetime
{
    private WebhookOnTrial _webhook = null!;

    public async Task InitializeAsync() =>
        _webhook = await WebhookOnTrial.Start(new ForgeSettings(Set("club"), "https://git.example.org"));

    public async Task DisposeAsync() => await _webhook.DisposeAsync();

    [Fact]
    public async Task The_first_delivery_tells_a_projects_repository_and_a_new_name_does_not_matter_then()
    {
        Assert.Equal(202, (await _webhook.Deliver("push", Bodies.Push(), "/webhook")).Status);

        var renamed = Bodies.Push(
            repository: Bodies.Repository(owner: "moved", name: "renamed", host: "elsewhere.org")
        );
        Assert.Equal(202, (await _webhook.Deliver("push", renamed, "/webhook")).Status);
        Assert.Equal(202, (await _webhook.Deliver("push", renamed)).Status);
        Assert.All(await _webhook.Rows(), row => Assert.StartsWith("push hello", row));
    }

    [Fact]
    public async Task A_delivery_that_needs_nothing_tells_it_too()
    {
        await _webhook.Deliver("push", Bodies.Push(before: Bodies.Commit));

        Assert.Equal([Bodies.RepositoryId], await Numbers());
    }

    [Fact]
    public async Task A_repository_that_the_project_is_not_fetched_from_does_not_become_its_own()
    {
        var reply = await _webhook.Deliver("push", Bodies.Push(repository: Bodies.Repository(8, "a", "other")));

        Assert.Equal(400, reply.Status);
        Assert.Contains(
            "It is of a/other at https://git.example.org/a/other.git; "
                + "project hello is fetched from https://git.example.org/a/hello.git",
            reply.Body
        );
        Assert.Empty(await Numbers());
        Assert.Empty(await _webhook.Rows());
    }

    [Fact]
    public async Task A_project_that_is_fetched_over_ssh_or_from_this_machine_learns_its_number()
    {
        await Add("shell", "git@git.example.org:a/shell.git");
        await Add("local", "/srv/local.git");

        var overSsh = await _webhook.Deliver(
            "push",
            Bodies.Push(repository: Bodies.Repository(8, "a", "shell")),
            "/webhook/shell"
        );
        var local = await _webhook.Deliver("push", Bodies.Push(repository: Bodies.Repository(9)), "/webhook/local");

        Assert.Equal((202, 202), (overSsh.Status, local.Status));
        Assert.Equal([8, 9], await Numbers());
        Assert.Contains("/srv/local.git", await Urls());
    }

    [Fact]
    public async Task A_project_is_fetched_from_where_its_repository_has_moved_to()
    {
        await _webhook.Execute($"UPDATE projects SET secret_file = '{_webhook.OwnSecretFile}'");
        await _webhook.Deliver("push", Bodies.Push(), secret: WebhookOnTrial.OwnSecret);

        await _webhook.Deliver("push", Moved, secret: WebhookOnTrial.OwnSecret);

        Assert.Equal(["https://git.example.org/moved/renamed.git"], await Urls());
    }

    [Fact]
    public async Task A_secret_that_others_share_proves_no_move()
    {
        await _webhook.Deliver("push", Bodies.Push());

        Assert.Equal(202, (await _webhook.Deliver("push", Moved)).Status);

        Assert.Equal(["https://git.example.org/a/hello.git"], await Urls());
    }

    private static string Moved => Bodies.Push(repository: Bodies.Repository(owner: "moved", name: "renamed"));

    [Fact]
    public async Task The_same_registration_again_forgets_a_number_that_is_wrong()
    {
        await _webhook.Deliver("push", Bodies.Push());
        await _webhook.Store.Register();

        var reply = await _webhook.Deliver("push", Bodies.Push(repository: Bodies.Repository(8)));

        Assert.Equal(202, reply.Status);
        Assert.Equal([8], await Numbers());
    }

    [Fact]
    public async Task A_refused_delivery_tells_nothing()
    {
        await _webhook.Deliver("push", Bodies.Push(), secret: "wrong");
        await _webhook.Deliver("push", Bodies.Push("main"));

        Assert.Empty(await Numbers());
    }

    [Fact]
    public async Task A_delivery_of_another_repository_is_refused_with_both_named()
    {
        await Add("other");
        await _webhook.Deliver("push", Bodies.Push());
        await _webhook.Deliver("push", Bodies.Push(repository: Bodies.Repository(8, "a", "other")), "/webhook/other");

        var known = await _webhook.Deliver("push", Bodies.Push(repository: Bodies.Repository(8, "a", "other")));
        var unknown = await _webhook.Deliver("push", Bodies.Push(repository: Bodies.Repository(9)));

        Assert.Equal((400, 400), (known.Status, unknown.Status));
        Assert.Contains(
            "a/other is number 8 of the forge. That is the repository of project other, not of hello",
            known.Body
        );
        Assert.Contains("a/hello is number 9 of the forge. Project hello belongs to number 7", unknown.Body);
        Assert.Equal(2, (await _webhook.Rows()).Count);
    }

    [Fact]
    public async Task A_project_does_not_take_the_repository_that_another_has()
    {
        await Add("other");
        await _webhook.Deliver("push", Bodies.Push());

        var taking = await _webhook.Deliver("push", Bodies.Push(), "/webhook/other");

        Assert.Equal(400, taking.Status);
        Assert.Contains("That is the repository of project hello, not of other", taking.Body);
        Assert.Equal([Bodies.RepositoryId], await Numbers());
    }

    [Fact]
    public async Task A_repository_that_was_made_anew_is_not_taken_for_the_old_one()
    {
        await _webhook.Deliver("push", Bodies.Push(), "/webhook");

        var reply = await _webhook.Deliver("push", Bodies.Push(repository: Bodies.Repository(8)), "/webhook");

        Assert.Equal(400, reply.Status);
        Assert.Contains("Project hello belongs to number 7", reply.Body);
        Assert.Contains("run the kennel project add of hello again as it was", reply.Body);
    }

    [Fact]
    public async Task A_project_that_is_being_removed_wants_nothing_more()
    {
        await _webhook.Execute("UPDATE projects SET removed_at = 1, removed_reason = 'test'");

        var reply = await _webhook.Deliver("push", Bodies.Push());

        Assert.Equal(200, reply.Status);
        Assert.Contains("being removed", reply.Body);
        Assert.Empty(await _webhook.Rows());
        Assert.Equal(401, (await _webhook.Deliver("push", Bodies.Push(), secret: "wrong")).Status);
    }

    [Fact]
    public async Task An_unknown_repository_of_a_listed_owner_is_kept_for_registration()
    {
        var body = Bodies.Push(repository: Bodies.Repository(50, "Club", "site"));

        var reply = await _webhook.Deliver("push", body, "/webhook");

        Assert.Equal(202, reply.Status);
        Assert.Contains("\"project\":null", reply.Body);
        Assert.Equal(["push nobody refs/heads/main kept open"], await _webhook.Rows());
        Assert.Equal(401, (await _webhook.Deliver("push", body, "/webhook", "wrong")).Status);
        Assert.Equal(401, (await _webhook.Deliver("push", body, "/webhook/site")).Status);
        Assert.Equal(
            401,
            (await _webhook.Deliver("push", body.Replace("https://git.", "https://evil."), "/webhook")).Status
        );
    }

    private async Task Add(string name, string? url = null) =>
        Must(
            await _webhook.Store.Intents.AddProject(
                Project(name, url ?? $"https://git.example.org/a/{name}.git"),
                CancellationToken.None
            )
        );

    private Task<List<string>> Urls() =>
        _webhook.Store.Database.Read(
            session => session.Query("SELECT clone_url FROM projects ORDER BY id", row => row.GetString(0)),
            CancellationToken.None
        );

    private Task<List<long>> Numbers() =>
        _webhook.Store.Database.Read(
            session =>
                session.Query(
                    "SELECT repository_id FROM projects WHERE repository_id IS NOT NULL ORDER BY id",
                    row => row.GetInt64(0)
                ),
            CancellationToken.None
        );
}
