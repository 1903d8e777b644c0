using Kennel.Core.Domain;
using Kennel.Shell.Store;
using Microsoft.Data.Sqlite;

namespace Kennel.Tests.Store;

public sealed class OpeningTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HandClock clock = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_new_database_is_its_owners_alone_and_gets_a_random_mark_that_stays()
    {
        InstanceId mark;
        using (var made = Open())
        {
            Assert.IsType<Opening.Created>(made.Opening);
            mark = made.Instance;
            foreach (var file in folder.Files("kennel.*"))
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        using var again = Open();
        Assert.IsType<Opening.Existing>(again.Opening);
        Assert.Equal(mark, again.Instance);
        using var other = new TemporaryFolder();
        using var another = Database.Open(other.Database, clock);
        Assert.NotEqual(mark, another.Instance);
    }

    [Fact]
    public async Task It_is_written_ahead_fully_synchronous_and_checks_foreign_keys()
    {
        using var database = Open();
        var set = await database.Write(
            session =>
                new[] { "journal_mode", "synchronous", "foreign_keys" }
                    .Select(name => session.First($"PRAGMA {name}", row => row.GetString(0)).Value())
                    .ToArray(),
            _ => true,
            CancellationToken.None
        );
        Assert.Equal(["wal", "2", "1"], set);
    }

    [Fact]
    public void A_second_opener_is_refused_and_told_why()
    {
        using var first = Open();
        var error = Assert.Throws<StoreException>(Open);
        Assert.Contains("another kennel", error.Message, StringComparison.Ordinal);
        Assert.Contains("kennel.lock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_directory_is_named()
    {
        var error = Assert.Throws<StoreException>(() =>
            Database.Open(Path.Combine(folder.Path, "missing", "kennel.db"), clock)
        );
        Assert.Contains("missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_schema_is_refused_with_both_versions_and_is_left_as_it_is()
    {
        Open().Dispose();
        Sql("PRAGMA user_version = 99");
        var error = Assert.Throws<StoreException>(Open);
        Assert.Contains("schema 99", error.Message, StringComparison.Ordinal);
        Assert.Contains($"up to {Migrations.Known.Count}", error.Message, StringComparison.Ordinal);
        Assert.Equal(99L, Number("PRAGMA user_version"));
        Assert.Equal(1L, Number("SELECT count(*) FROM instance"));
    }

    [Fact]
    public void Another_programs_database_is_refused()
    {
        Sql("CREATE TABLE theirs (id INTEGER)");
        var error = Assert.Throws<StoreException>(Open);
        Assert.Contains("another program", error.Message, StringComparison.Ordinal);
        Assert.Equal(0L, Number("SELECT count(*) FROM theirs"));
    }

    [Fact]
    public void An_empty_file_is_filled()
    {
        File.Create(folder.Database).Dispose();
        using var database = Open();
        Assert.IsType<Opening.Created>(database.Opening);
    }

    [Fact]
    public async Task Garbage_is_set_aside_byte_for_byte_and_a_new_database_begun()
    {
        var garbage = Enumerable.Range(0, 50_000).Select(number => (byte)(number * 31)).ToArray();
        File.WriteAllBytes(folder.Database, garbage);
        using var database = Open();
        var replaced = Assert.IsType<Opening.Replaced>(database.Opening);
        Assert.Equal(garbage, File.ReadAllBytes(replaced.SetAside));
        Assert.NotEmpty(replaced.Finding);
        Assert.Empty((await new StoreOnTrial(database).Read()).Branches);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task A_truncated_file_is_set_aside(double part)
    {
        await FillAndClose();
        var whole = File.ReadAllBytes(folder.Database);
        var cut = whole[..((int)(whole.Length * part) / 4096 * 4096)];
        File.WriteAllBytes(folder.Database, cut);
        using var database = Open();
        var replaced = Assert.IsType<Opening.Replaced>(database.Opening);
        Assert.Equal(cut, File.ReadAllBytes(replaced.SetAside));
    }

    [Fact]
    public async Task A_page_of_garbage_in_the_middle_is_found()
    {
        await FillAndClose();
        var bytes = File.ReadAllBytes(folder.Database);
        System.Array.Fill(bytes, (byte)0xee, 4096 * 3, 4096);
        File.WriteAllBytes(folder.Database, bytes);
        using var database = Open();
        var replaced = Assert.IsType<Opening.Replaced>(database.Opening);
        Assert.Equal(bytes, File.ReadAllBytes(replaced.SetAside));
    }

    [Fact]
    public void A_log_without_its_main_file_is_set_aside_too()
    {
        File.WriteAllText(folder.Database + "-wal", "what was written last");
        using var database = Open();
        var replaced = Assert.IsType<Opening.Replaced>(database.Opening);
        Assert.Equal("what was written last", File.ReadAllText(replaced.SetAside + "-wal"));
    }

    [Fact]
    public void Damage_twice_keeps_both_files()
    {
        for (var round = 0; round < 2; round++)
        {
            File.WriteAllText(folder.Database, $"garbage of round {round}, long enough to be no header");
            clock.Now = clock.Now.AddMilliseconds(1);
            Open().Dispose();
        }
        Assert.Equal(2, folder.Files("kennel.db.damaged-*").Length);
    }

    private Database Open() => Database.Open(folder.Database, clock);

    private async Task FillAndClose()
    {
        using var store = new StoreOnTrial(Open());
        await store.Register();
        for (var count = 0; count < 20; count++)
            await store.Built("hello", $"branch-{count}", "api");
    }

    private void Sql(string sql)
    {
        SystemSqlite.Use();
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Number(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
