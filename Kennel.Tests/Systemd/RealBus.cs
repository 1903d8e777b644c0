using System.Diagnostics;
using Kennel.Core.Units;
using Kennel.Shell.Systemd;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kennel.Tests.Systemd;

/// <summary>The machine's own systemd, with the units of one test, which are stopped at its end.</summary>
internal sealed class RealBus : IAsyncDisposable
{
    private const string Busybox = "/usr/bin/busybox";
    private static int count;
    private readonly List<string> started = [];

    internal SystemBus Bus { get; } = new(new SystemBusOptions(), NullLogger<SystemBus>.Instance);

    internal SystemdUnits Units => new(Bus);

    internal static TimeSpan Deadline => TimeSpan.FromSeconds(180);

    /// <summary>A unit name that no other test uses.</summary>
    internal string Name(string purpose)
    {
        var number = Interlocked.Increment(ref count);
        var name = $"kennel-test-{purpose}-{Environment.ProcessId}-{number}.service";
        started.Add(name);
        return name;
    }

    internal static Seq<UnitProperty> Exec(params string[] command) =>
        Seq(
            new UnitProperty("Type", new UnitValue.Text("exec")),
            new UnitProperty(
                "ExecStart",
                new UnitValue.Commands(Seq1(new CommandLine(command[0], command.ToSeq(), false)))
            )
        );

    internal static Seq<UnitProperty> Applet(params string[] arguments) => Exec([Busybox, .. arguments]);

    internal Task<Either<BusFailure, JobEnd>> Start(string name, Seq<UnitProperty> properties) =>
        Units.Start(name, properties, Deadline, CancellationToken.None);

    internal async Task<UnitFacts> Facts(string name) =>
        Right(await Units.Facts(name, CancellationToken.None))
            .IfNone(() => throw new InvalidOperationException($"{name} is not loaded."));

    internal async Task<UnitLife> Life(string name) =>
        Right(await Units.Life(name, CancellationToken.None))
            .IfNone(() => throw new InvalidOperationException($"{name} is not loaded."));

    internal static T Right<T>(Either<BusFailure, T> reply) =>
        reply.IfLeft(failure => throw new InvalidOperationException(failure.ToString()));

    internal static BusError Refusal<T>(Either<BusFailure, T> reply) =>
        reply.Match(
            value => throw new InvalidOperationException($"Not refused: {value}"),
            failure => Assert.IsType<BusFailure.Refused>(failure).Error
        );

    internal static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    internal static async Task<T> Until<T>(Func<Task<Option<T>>> look)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Deadline)
        {
            foreach (var found in await look())
            {
                return found;
            }
            await Task.Delay(20);
        }
        throw new TimeoutException("It never came.");
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(started.Select(name => Units.Stop(name, Deadline, CancellationToken.None)));
        await Task.WhenAll(started.Select(name => Units.ResetFailed(name, CancellationToken.None)));
        Bus.Dispose();
    }
}
