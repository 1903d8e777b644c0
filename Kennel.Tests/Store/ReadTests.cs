using Kennel.Shell.Store;
using Microsoft.Data.Sqlite;

namespace Kennel.Tests.Store;

public sealed class ReadTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StoreOnTrial store;

    public ReadTests() => store = new StoreOnTrial(Database.Open(folder.Database, new HandClock()));

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_read_with_no_change_since_costs_one_statement_and_gives_the_same_value()
    {
        await store.Register();
        await store.Serving();
        var before = await store.Read();
        Assert.Equal(1, await Statements(store.Read));
        Assert.Same(before, await store.Read());
    }

    [Fact]
    public async Task The_number_of_statements_does_not_grow_with_what_is_there()
    {
        await store.Register();
        await store.Built();
        var few = await Statements(store.Read);
        for (var number = 1; number <= 20; number++)
            await store.Built("hello", $"branch-{number}", "api", "worker");
        Assert.Equal(few, await Statements(store.Read));
        Assert.InRange(few, 2, 19);
    }

    [Fact]
    public async Task A_change_by_another_connection_is_seen()
    {
        await store.Register();
        await store.Deploy();
        await store.Read();
        Sql("UPDATE branches SET removed_at = 1, removed_reason = 'by hand'");
        Assert.Equal("by hand", (await store.OnlyBranch()).Removed.Value().Reason);
    }

    [Fact]
    public async Task A_temporary_database_shows_changes_too()
    {
        using var temporary = new StoreOnTrial();
        Assert.Empty((await temporary.Read()).Branches);
        await temporary.Register();
        await temporary.Deploy();
        Assert.Single((await temporary.Read()).Branches);
        Assert.Equal(StoreOnTrial.Mark, (await temporary.Read()).Settings.Instance);
    }

    [Fact]
    public async Task Releases_are_the_target_the_serving_and_the_last_ten()
    {
        await store.Register();
        var serving = (await store.Serving()).Deployments[0].Serving.Value();
        for (var count = 0; count < 12; count++)
            await store.Built();
        var deployment = (await store.OnlyBranch()).Deployments[0];
        Assert.Equal(11, deployment.Releases.Count);
        Assert.Equal(deployment.Releases.Map(it => it.Id), deployment.Releases.Map(it => it.Id).OrderDescending());
        Assert.Equal(serving, deployment.ServingRelease.Value().Id);
        Assert.Equal(deployment.Releases.Head().Id, deployment.Target.Value());
    }

    [Theory]
    [InlineData("UPDATE releases SET specification = '{\"container\":{}}' WHERE id = 1", "release 1: specification")]
    [InlineData("UPDATE releases SET hosts = '[\"no host!\"]' WHERE id = 1", "release 1: hosts")]
    [InlineData("UPDATE releases SET digest = 'XXXXXXXXXX' WHERE id = 1", "release 1: digest")]
    [InlineData("UPDATE deployments SET stem = 'no stem' WHERE id = 1", "deployment 1: stem")]
    public async Task A_damaged_row_is_named_and_only_its_branch_is_left_out(string damage, string name)
    {
        await store.Register();
        await store.Built("hello", "main", "api");
        await store.Built("hello", "dev", "api");
        Sql(damage);
        Assert.Equal("dev", (await store.OnlyBranch()).Branch.ToString());
        Assert.Contains(name, Assert.Single(store.State.Damage), StringComparison.Ordinal);
        Assert.Equal("dev", Assert.Single((await store.Read()).Builds).Reference.ToString());
        await store.Built("hello", "other", "api");
        Assert.Equal(2, (await store.Read()).Branches.Count);
    }

    [Fact]
    public async Task One_row_that_breaks_a_rule_is_no_reason_to_set_the_database_aside()
    {
        await store.Register();
        await store.Built("hello", "main", "api");
        await store.Built("hello", "dev", "api");
        Sql("PRAGMA ignore_check_constraints = ON; UPDATE releases SET specification = 'torn' WHERE id = 1");
        store.Dispose();
        using var again = new StoreOnTrial(Database.Open(folder.Database, new HandClock()));
        Assert.IsType<Opening.Existing>(again.Database.Opening);
        Assert.Equal("dev", (await again.OnlyBranch()).Branch.ToString());
    }

    [Fact]
    public async Task What_is_read_does_not_depend_on_the_order_of_writing()
    {
        using var forwards = new StoreOnTrial();
        using var backwards = new StoreOnTrial();
        string[] rows =
        [
            "INSERT INTO branches (id, project, reference, incarnation, created_at) VALUES (5, 1, 'refs/heads/a', 1, 0)",
            "INSERT INTO branches (id, project, reference, incarnation, created_at) VALUES (3, 1, 'refs/heads/b', 1, 0)",
            "INSERT INTO deployments (id, branch, component, stem) VALUES (9, 5, 'z', 'kennel-a-z')",
            "INSERT INTO deployments (id, branch, component, stem) VALUES (7, 5, 'b', 'kennel-a-b')",
            "INSERT INTO builds (id, branch, state, queued_at) VALUES (2, 5, 'queued', 0)",
            "INSERT INTO builds (id, branch, state, queued_at) VALUES (1, 3, 'queued', 0)",
            "INSERT INTO ports (port, unit, branch, since) VALUES (20001, 'kennel-a-z-0123456789.service', 5, 0)",
            "INSERT INTO ports (port, unit, branch, since) VALUES (20000, 'kennel-a-b-0123456789.service', 5, 0)",
        ];
        await Insert(forwards, rows);
        await Insert(backwards, [rows[1], rows[0], rows[3], rows[2], rows[5], rows[4], rows[7], rows[6]]);
        Assert.Equal(await forwards.Read(), await backwards.Read());
    }

    [Fact]
    public async Task Two_hundred_branches_are_read_in_milliseconds()
    {
        await store.Register();
        for (var number = 1; number <= 200; number++)
            await store.Built("hello", $"branch-{number}", "api");
        var times = new List<double>();
        for (var count = 0; count < 20; count++)
        {
            Sql($"UPDATE projects SET owner = '{count}'");
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            await store.Read();
            times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var unchanged = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var count = 0; count < 1000; count++)
            await store.Read();
        var each = System.Diagnostics.Stopwatch.GetElapsedTime(unchanged).TotalMicroseconds / 1000;
        Console.WriteLine($"read after a change: {times.Min():F2} to {times.Max():F2} ms; without: {each:F1} µs");
        Assert.InRange(times.Min(), 0, 50);
    }

    private async Task<long> Statements(Func<Task> question)
    {
        var before = await Count();
        await question();
        return await Count() - before;
    }

    private Task<long> Count() => store.Database.Use(session => session.StatementCount, CancellationToken.None);

    private static async Task Insert(StoreOnTrial store, IEnumerable<string> rows)
    {
        await store.Register();
        await store.Database.Write(session => rows.Sum(row => session.Execute(row)), _ => true, CancellationToken.None);
    }

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
