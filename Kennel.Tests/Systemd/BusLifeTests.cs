using System.Diagnostics;
using Kennel.Core.Units;
using Kennel.Shell.Systemd;
using Xunit.Abstractions;
using static Kennel.Tests.Systemd.RealBus;

namespace Kennel.Tests.Systemd;

/// <summary>The bus under load, through losses, and over time.</summary>
[Collection("systemd")]
public sealed class BusLifeTests(ITestOutputHelper output)
{
    [BusFact]
    public async Task Two_hundred_units_are_started_and_looked_at_at_once()
    {
        const int count = 200;
        await using var real = new RealBus();
        var names = Enumerable.Range(0, count).Select(_ => real.Name("many")).ToSeq().Strict();

        var watch = Stopwatch.StartNew();
        var ends = await Task.WhenAll(names.Select(name => real.Start(name, Applet("sleep", "1000"))));
        output.WriteLine($"{count} starts, jobs awaited: {watch.ElapsedMilliseconds} ms");
        Assert.All(ends, end => Assert.IsType<JobEnd.Finished>(Right(end)));

        for (var turn = 0; turn < 3; turn++)
        {
            watch.Restart();
            var rows = Right(await real.Units.List(Seq<string>(), Seq1("kennel-test-many-*"), default));
            output.WriteLine($"listing {rows.Count}: {watch.Elapsed.TotalMilliseconds:f1} ms");
            Assert.Equal(count, rows.Count);

            watch.Restart();
            var lives = await real.Units.Life(names, default);
            output.WriteLine($"lives of {count}, pipelined: {watch.ElapsedMilliseconds} ms");
            Assert.All(lives, it => Assert.Equal("active", Right(it.Life).IfNone(new UnitLife()).ActiveState));

            watch.Restart();
            await Task.WhenAll(names.Select(real.Facts));
            output.WriteLine($"facts of {count}, pipelined: {watch.ElapsedMilliseconds} ms");
        }

        watch.Restart();
        foreach (var name in names)
        {
            await real.Life(name);
        }
        output.WriteLine($"lives of {count}, one after the other: {watch.ElapsedMilliseconds} ms");
    }

    [BusFact]
    public async Task A_change_of_one_of_our_units_is_told_and_others_are_not()
    {
        await using var real = new RealBus();
        var name = real.Name("told");
        Right(await real.Start(name, Applet("sleep", "1000")));
        Drain(real.Bus);
        await Run("systemd-run", "--quiet", "--wait", "--unit=foreign-test", "/bin/true");
        Right(await real.Units.Kill(name, default));
        var signal = await NextSignal(real.Bus);
        Assert.Equal(Some(name), signal.UnitName);
    }

    [BusFact]
    public async Task A_forged_signal_is_not_believed()
    {
        await using var real = new RealBus();
        var name = real.Name("forged");
        Right(await real.Start(name, Applet("sleep", "1000")));
        Drain(real.Bus);
        var rows = (await Run("busctl", "list", "--unique", "--no-legend", "--no-pager")).Split('\n');
        var columns = rows.Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var own = columns.Where(row => row.Length > 1 && row[1] == $"{Environment.ProcessId}").Select(row => row[0]);
        foreach (var connection in own.ToList())
        {
            await Run(
                "busctl",
                ["emit", $"--destination={connection}", UnitPath.Of("kennel-forged.service"), .. ForgedChange]
            );
        }
        Right(await real.Units.Kill(name, default));
        Assert.Equal(Some(name), (await NextSignal(real.Bus)).UnitName);
    }

    private static readonly string[] ForgedChange =
    [
        "org.freedesktop.DBus.Properties",
        "PropertiesChanged",
        "sa{sv}as",
        "org.freedesktop.systemd1.Unit",
        "0",
        "0",
    ];

    [BusFact]
    public async Task The_bus_is_opened_again_after_it_was_killed_and_signals_come_again()
    {
        await using var real = new RealBus();
        var name = real.Name("bus");
        Right(await real.Start(name, Applet("sleep", "1000")));
        Drain(real.Bus);

        await Run("systemctl", "kill", "--signal=KILL", "dbus.service");
        var watch = Stopwatch.StartNew();
        // Signals about the unit may still be on their way; the one without a name tells of the new connection.
        while ((await NextSignal(real.Bus)).UnitName.IsSome) { }
        output.WriteLine($"signals again after {watch.ElapsedMilliseconds} ms");
        Assert.Equal("active", (await real.Life(name)).ActiveState);

        Drain(real.Bus);
        Right(await real.Units.Kill(name, default));
        Assert.Equal(Some(name), (await NextSignal(real.Bus)).UnitName);
    }

    [BusFact]
    public async Task A_job_under_way_when_the_bus_is_killed_has_a_lost_reply()
    {
        await using var real = new RealBus();
        var name = real.Name("lost");
        var slow = Applet("sleep", "5")
            .Map(property =>
                property.Name == "Type" ? property with { Value = new UnitValue.Text("oneshot") } : property
            );
        var start = real.Start(name, slow);
        await Until(() => Task.FromResult(real.Bus.Jobs.Count == 1 ? Some(unit) : None));
        await Run("systemctl", "kill", "--signal=KILL", "dbus.service");
        Assert.IsType<BusFailure.ReplyLost>((await start).Match(_ => null!, failure => failure));
        await Until(async () => (await real.Units.Life(name, default)).ToOption());
    }

    [BusFact]
    public async Task A_systemd_that_is_executed_anew_sends_signals_again()
    {
        await using var real = new RealBus();
        var name = real.Name("reexec");
        Right(await real.Start(name, Applet("sleep", "1000")));
        await Run("systemctl", "daemon-reexec");
        await Until(async () => (await real.Units.Life(name, default)).ToOption());
        await Task.Delay(500);
        Drain(real.Bus);
        Right(await real.Units.Kill(name, default));
        Assert.Equal(Some(name), (await NextSignal(real.Bus)).UnitName);
    }

    [BusFact]
    public async Task Ten_thousand_calls_leave_no_memory_behind()
    {
        await using var real = new RealBus();
        var name = real.Name("memory");
        Right(await real.Start(name, Applet("sleep", "1000")));
        await CallMany(real, name, 10_000);
        var before = ResidentKilobytes();
        var watch = Stopwatch.StartNew();
        await CallMany(real, name, 10_000);
        var grown = ResidentKilobytes() - before;
        output.WriteLine(
            $"10,000 calls in {watch.ElapsedMilliseconds} ms, resident memory {before} kB {grown:+0;-0} kB"
        );
        Assert.True(grown < 8_000, $"{grown} kB more");
        Assert.Equal(0, real.Bus.Jobs.Count);
    }

    [BusFact]
    public async Task Two_hundred_starts_and_stops_leave_no_memory_behind()
    {
        await using var real = new RealBus();
        var name = real.Name("turns");
        await StartAndStop(real, name, 50);
        var before = ResidentKilobytes();
        await StartAndStop(real, name, 200);
        var grown = ResidentKilobytes() - before;
        output.WriteLine($"200 starts and stops, resident memory {before} kB {grown:+0;-0} kB");
        Assert.True(grown < 8_000, $"{grown} kB more");
    }

    private static async Task StartAndStop(RealBus real, string name, int turns)
    {
        for (var turn = 0; turn < turns; turn++)
        {
            Right(await real.Start(name, Applet("sleep", "1000")));
            Right(await real.Units.Stop(name, Deadline, default));
            await Until(async () => Right(await real.Units.Life(name, default)).IsNone ? Some(unit) : None);
        }
    }

    private static async Task CallMany(RealBus real, string name, int calls)
    {
        for (var done = 0; done < calls; done += 100)
        {
            await Task.WhenAll(
                Enumerable.Range(0, 100).Select(_ => real.Units.List(Seq<string>(), Seq1(name), default))
            );
        }
    }

    private static long ResidentKilobytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var line = File.ReadLines("/proc/self/status").First(it => it.StartsWith("VmRSS", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    private static void Drain(SystemBus bus)
    {
        while (bus.Changes.TryRead(out _)) { }
    }

    private static async Task<UnitSignal> NextSignal(SystemBus bus)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        return await bus.Changes.ReadAsync(deadline.Token);
    }
}
