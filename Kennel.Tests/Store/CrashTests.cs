using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HandClock clock = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_crash_in_the_middle_of_a_change_leaves_the_state_before_it()
    {
        using var store = new StoreOnTrial(Database.Open(folder.Database, clock));
        await store.Register();
        await store.Serving();
        var before = await store.Read();
        using var crashed = new TemporaryFolder();
        await store.Database.Write(
            session =>
            {
                session.Execute("PRAGMA cache_spill = 1");
                session.Execute("UPDATE deployments SET serving = NULL");
                session.Execute("UPDATE branches SET removed_at = 1, removed_reason = 'half'");
                Copy(crashed);
                return false;
            },
            keep => keep,
            CancellationToken.None
        );
        using var restarted = new StoreOnTrial(Database.Open(crashed.Database, clock));
        Assert.IsType<Opening.Existing>(restarted.Database.Opening);
        Assert.Equal(before, await restarted.Read());
    }

    [Fact]
    public async Task A_crash_right_after_a_change_keeps_it()
    {
        using var store = new StoreOnTrial(Database.Open(folder.Database, clock));
        await store.Register();
        await store.Serving();
        using var crashed = new TemporaryFolder();
        Copy(crashed);
        using var restarted = new StoreOnTrial(Database.Open(crashed.Database, clock));
        Assert.Equal(await store.Read(), await restarted.Read());
    }

    [Fact]
    public async Task A_change_that_was_half_written_when_the_power_failed_happened_wholly_or_not_at_all()
    {
        using var store = new StoreOnTrial(Database.Open(folder.Database, clock));
        await store.Register();
        await store.Built("hello", "main", "api", "worker");
        var before = await store.Read();
        var start = new FileInfo(folder.Database + "-wal").Length;
        await store.Built("hello", "main", "api", "worker");
        var after = await store.Read();
        var end = new FileInfo(folder.Database + "-wal").Length;
        Assert.True(start < end);
        var seen = new List<Desired>();
        for (var length = start; length <= end; length += 4099)
        {
            using var crashed = new TemporaryFolder();
            Copy(crashed);
            using (var log = File.OpenWrite(crashed.Database + "-wal"))
                log.SetLength(length);
            using var restarted = new StoreOnTrial(Database.Open(crashed.Database, clock));
            seen.Add(await restarted.Read());
        }
        Assert.Equal(before, seen[0]);
        var builds = seen.Select(state => state.Builds.Map(build => (build.Id, build.State)).ToString()).Distinct();
        Assert.InRange(builds.Count(), 2, 4);
        Assert.All(seen, state => Assert.Contains(Served(state), new[] { Served(before), Served(after) }));
    }

    // Which build is the newest changes with its row, before what is served does.
    private static Seq<DesiredBranch> Served(Desired desired) =>
        desired.Branches.Map(branch => branch with { Newest = None }).Strict();

    [RootFact]
    public async Task A_full_disk_loses_nothing_wherever_it_strikes()
    {
        using var disk = new SmallDisk(folder, bytes: 1 << 20);
        using var store = new StoreOnTrial(Database.Open(Path.Combine(disk.Path, "kennel.db"), clock));
        await store.Register();
        await store.Serving();
        var failures = 0;
        var successes = 0;
        for (var freeBytes = 0; freeBytes <= 128 * 1024 && successes < 3; freeBytes += 8 * 1024)
        {
            disk.LeaveFree(freeBytes);
            var before = await store.Read();
            var answer = await store.Intents.Deploy(
                StoreOnTrial.Hello,
                StoreOnTrial.BranchOf($"b{freeBytes}"),
                None,
                CancellationToken.None
            );
            answer.Match(
                Right: _ => successes++,
                Left: refusal =>
                {
                    failures++;
                    Assert.Equal("store-unavailable", refusal.Code);
                    Assert.Contains("full", refusal.What, StringComparison.Ordinal);
                }
            );
            if (answer.IsLeft)
                Assert.Equal(before, await store.Read());
        }
        Assert.True(failures > 0 && successes > 0, $"{failures} failures, {successes} successes");
        disk.LeaveFree(0);
        await Assert.ThrowsAsync<StoreException>(() => Fill(store));
        var release = (await store.Read()).Branches[0].Deployments[0].Target.Value();
        disk.LeaveFree(1 << 20);
        await store.Done(new Action.RecordAccepted(release, clock.Now));
        var sound = await store.Database.Read(
            session => session.Query("PRAGMA integrity_check", row => row.GetString(0)),
            CancellationToken.None
        );
        Assert.Equal(["ok"], sound);
    }

    [RootFact]
    public async Task A_fact_that_cannot_be_written_is_an_effect_that_did_not_happen()
    {
        using var disk = new SmallDisk(folder, bytes: 1 << 20);
        using var store = new StoreOnTrial(Database.Open(Path.Combine(disk.Path, "kennel.db"), clock));
        await store.Register();
        await store.Built();
        disk.LeaveFree(0);
        await Assert.ThrowsAsync<StoreException>(() => Fill(store));
        var release = await store.TargetRelease();
        var effect = await store.Record(new Action.RecordAccepted(release.Id, clock.Now));
        Assert.IsType<Cause.Unreachable>(Assert.IsType<Effect.Failed>(effect).Cause);
        Assert.Equal(release, await store.TargetRelease());
    }

    /// <summary>Uses up what room the write-ahead log has left.</summary>
    private static async Task Fill(StoreOnTrial store)
    {
        for (var count = 0; count < 1000; count++)
            await store.Database.Write(
                session => session.Execute("UPDATE projects SET owner = @n", ("@n", $"{count}")),
                _ => true,
                CancellationToken.None
            );
    }

    private void Copy(TemporaryFolder other)
    {
        foreach (var end in new[] { "", "-wal" })
            File.Copy(folder.Database + end, other.Database + end);
    }
}
