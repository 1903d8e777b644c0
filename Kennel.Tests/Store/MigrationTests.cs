using Kennel.Shell.Store;
using Microsoft.Data.Sqlite;

namespace Kennel.Tests.Store;

public sealed class MigrationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HandClock clock = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_steps_are_numbered_from_one_without_a_gap() =>
        Assert.Equal(Enumerable.Range(1, Migrations.Known.Count), Migrations.Known.Map(step => step.Number));

    [Fact]
    public void Every_older_version_reaches_the_same_schema_as_an_empty_database()
    {
        var expected = SchemaAfter(Migrations.Known);
        for (var count = 1; count < Migrations.Known.Count; count++)
        {
            File.Delete(folder.Database);
            SchemaAfter(Migrations.Known.Take(count));
            Assert.Equal(expected, SchemaAfter(Migrations.Known));
        }
        Assert.Contains("CREATE TABLE claims", expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_keeps_the_data_and_leaves_a_backup_of_before()
    {
        using (var store = new StoreOnTrial(Open(Migrations.Known)))
            await store.Register();
        using (var store = new StoreOnTrial(Open(Steps("CREATE TABLE more (id INTEGER) STRICT"))))
            Assert.Single(await store.Intents.Projects(CancellationToken.None));
        var backup = Assert.Single(folder.Files($"kennel.db.before-{Migrations.Known.Count + 1}-*"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        File.Copy(backup, folder.Database, overwrite: true);
        using var old = new StoreOnTrial(Open(Migrations.Known));
        Assert.Single(await old.Intents.Projects(CancellationToken.None));
    }

    [Fact]
    public async Task A_step_that_fails_changes_nothing()
    {
        using (var store = new StoreOnTrial(Open(Migrations.Known)))
            await store.Register();
        var broken = Steps("DELETE FROM claims; DELETE FROM projects; CREATE TABLE claims (id INTEGER)");
        Assert.Throws<SqliteException>(() => Open(broken));
        using var again = new StoreOnTrial(Open(Migrations.Known));
        Assert.Single(await again.Intents.Projects(CancellationToken.None));
    }

    [Fact]
    public void Only_the_last_three_backups_are_kept()
    {
        Open(Migrations.Known).Dispose();
        var next = Migrations.Known.Count + 1;
        var steps = Enumerable.Range(next, 5).Select(number => $"CREATE TABLE more{number} (id INTEGER) STRICT");
        Open(Steps(steps.ToArray())).Dispose();
        Assert.Equal(
            [next + 2, next + 3, next + 4],
            folder.Files("*.before-*").Select(file => int.Parse(file.Split('-')[^2], null)).Order()
        );
    }

    private Database Open(Seq<Migration> steps)
    {
        clock.Now = clock.Now.AddSeconds(1);
        return Database.Open(folder.Database, clock, steps);
    }

    private static Seq<Migration> Steps(params string[] sql) =>
        Joined(
            Migrations.Known,
            sql.Select((text, index) => new Migration(Migrations.Known.Count + index + 1, text)).ToSeq()
        );

    private string SchemaAfter(Seq<Migration> steps)
    {
        using var database = Open(steps);
        return string.Join(
            '\n',
            database
                .Read(
                    session =>
                        session.Query(
                            "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY type, name",
                            row => row.GetString(0)
                        ),
                    CancellationToken.None
                )
                .Result
        );
    }
}
