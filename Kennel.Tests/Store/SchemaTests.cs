using Kennel.Shell.Store;

namespace Kennel.Tests.Store;

public sealed class SchemaTests : IDisposable
{
    private readonly StoreOnTrial store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Every_table_is_strict()
    {
        var tables = await Ask("SELECT name || ' ' || strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'");
        Assert.Equal(
            [
                "actions 1",
                "activity_watch 1",
                "branches 1",
                "builds 1",
                "claims 1",
                "deliveries 1",
                "deployments 1",
                "evidence 1",
                "given_up 1",
                "heads 1",
                "instance 1",
                "ports 1",
                "projects 1",
                "pull_requests 1",
                "releases 1",
                "resources 1",
            ],
            tables.Order()
        );
    }

    [Theory]
    [InlineData("INSERT INTO instance VALUES (2, '0123456789ab', 0)", "CHECK")]
    [InlineData(
        "INSERT INTO branches (project, reference, incarnation, created_at) VALUES (99, 'refs/heads/x', 1, 0)",
        "FOREIGN KEY"
    )]
    [InlineData(
        "INSERT INTO branches (project, reference, incarnation, created_at) VALUES (1, 'refs/heads/main', 2, 0)",
        "UNIQUE"
    )]
    [InlineData("INSERT INTO branches (project, reference, incarnation, created_at) VALUES (1, 'main', 1, 0)", "CHECK")]
    [InlineData("UPDATE builds SET state = 'nearly'", "CHECK")]
    [InlineData("UPDATE builds SET state = 'done'", "CHECK")]
    [InlineData("UPDATE builds SET starts = 'many'", "cannot store TEXT")]
    [InlineData("UPDATE releases SET specification = 'no json'", "CHECK")]
    [InlineData("UPDATE releases SET outcome = 'rejected', outcome_at = 0", "CHECK")]
    [InlineData("UPDATE deployments SET target = 99", "FOREIGN KEY")]
    [InlineData("UPDATE deployments SET target = (SELECT max(id) FROM releases), serving_since = 0", "FOREIGN KEY")]
    [InlineData("UPDATE deployments SET serving = target", "CHECK")]
    [InlineData("INSERT INTO ports (port, unit, branch, since) VALUES (0, 'u', 1, 0)", "CHECK")]
    [InlineData(
        "INSERT INTO claims VALUES ('host', 'hello-main.example.org', 1, 'refs/heads/x', '', 0, 0, 0)",
        "UNIQUE"
    )]
    [InlineData("DELETE FROM branches", "FOREIGN KEY")]
    [InlineData(
        "INSERT INTO projects (name, clone_url, default_branch, created_at) VALUES ('HELLO', '/x', 'main', 0)",
        "UNIQUE"
    )]
    public async Task The_schema_refuses(string change, string reason)
    {
        await store.Register();
        await store.Built("hello", "main", "api", "worker");
        var error = await Assert.ThrowsAsync<StoreConflictException>(() =>
            store.Database.Write(session => session.Execute(change), _ => true, CancellationToken.None)
        );
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private Task<List<string>> Ask(string sql) =>
        store.Database.Read(session => session.Query(sql, row => row.GetString(0)), CancellationToken.None);
}
