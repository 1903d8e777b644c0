using System.Diagnostics;
using Kennel.Shell.Systemd;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kennel.Tests.Systemd;

/// <summary>What a caller is told when the other side does not answer, hangs up or is not there.</summary>
public sealed class SilentBusTests
{
    private static readonly BusMethod Question = BusMethod.OfSystemd("Question");

    [Fact]
    public async Task A_call_without_reply_ends_at_its_time_limit()
    {
        using var peer = new SilentPeer();
        using var bus = Bus(peer.Open, new SystemBusOptions { CallTimeout = TimeSpan.FromMilliseconds(200) });
        var watch = Stopwatch.StartNew();
        var failure = await Ask(bus);
        Assert.IsType<BusFailure.ReplyLost>(failure);
        Assert.InRange(watch.ElapsedMilliseconds, 150, 5_000);
    }

    [Fact]
    public async Task A_call_in_flight_is_told_when_the_bus_is_lost_and_the_next_one_opens_it_again()
    {
        using var peer = new SilentPeer();
        using var bus = Bus(peer.Open, new SystemBusOptions());
        var first = Ask(bus);
        await Until(() => peer.Connections == 1 && HasHeard(peer, Question.Member));
        peer.HangUp();
        Assert.IsType<BusFailure.ReplyLost>(await first);
        var second = Ask(bus);
        await Until(() => peer.Connections == 2 && HasHeard(peer, Question.Member));
        peer.HangUp();
        Assert.IsType<BusFailure.ReplyLost>(await second);
    }

    [Fact]
    public async Task Where_no_bus_can_be_opened_nothing_is_sent()
    {
        const int refused = -111;
        using var bus = Bus(
            (out nint opened) =>
            {
                opened = 0;
                return refused;
            },
            new SystemBusOptions()
        );
        Assert.IsType<BusFailure.NotSent>(await Ask(bus));
        Assert.IsType<BusFailure.NotSent>(await Ask(bus));
    }

    [Fact]
    public async Task A_call_beyond_the_calls_in_flight_is_not_sent_when_its_time_is_over()
    {
        using var peer = new SilentPeer();
        // The one place is taken by the subscription that every connection begins with.
        var options = new SystemBusOptions { CallTimeout = TimeSpan.FromMilliseconds(300), CallsInFlightMax = 1 };
        using var bus = Bus(peer.Open, options);
        var failures = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Ask(bus)));
        Assert.All(failures, failure => Assert.IsType<BusFailure.NotSent>(failure));
    }

    [Fact]
    public async Task A_systemd_that_does_not_answer_is_asked_for_signals_again()
    {
        using var peer = new SilentPeer();
        using var bus = Bus(peer.Open, new SystemBusOptions { CallTimeout = TimeSpan.FromMilliseconds(100) });
        await Until(() => peer.Connections == 1);
        await Until(() => HasHeard(peer, "Subscribe"));
        await Until(() => HasHeard(peer, "Subscribe"));
        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task A_caller_can_stop_waiting()
    {
        using var peer = new SilentPeer();
        using var bus = Bus(peer.Open, new SystemBusOptions());
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask(bus, cancellation.Token));
    }

    [Fact]
    public async Task Closing_tells_those_who_wait()
    {
        using var peer = new SilentPeer();
        var bus = Bus(peer.Open, new SystemBusOptions());
        var call = Ask(bus);
        await Until(() => peer.Connections == 1);
        bus.Dispose();
        Assert.True(await call is BusFailure.ReplyLost or BusFailure.NotSent);
        Assert.IsType<BusFailure.NotSent>(await Ask(bus));
    }

    [Fact]
    public async Task Arguments_that_cannot_be_sent_reach_the_caller_as_an_exception()
    {
        using var peer = new SilentPeer();
        using var bus = Bus(peer.Open, new SystemBusOptions());
        await Assert.ThrowsAsync<ArgumentException>(() =>
            bus.Call(Question, writer => writer.Text("\0"), _ => unit, CancellationToken.None)
        );
    }

    private static SystemBus Bus(OpenBus open, SystemBusOptions options) =>
        new(options, NullLogger<SystemBus>.Instance, open);

    private static async Task<BusFailure> Ask(SystemBus bus, CancellationToken cancellation = default)
    {
        var reply = await bus.Call(Question, _ => { }, _ => unit, cancellation);
        return reply.Match(_ => throw new InvalidOperationException("Nobody can have answered."), failure => failure);
    }

    private static bool HasHeard(SilentPeer peer, string word) => peer.Hear().Contains(word, StringComparison.Ordinal);

    private static async Task Until(Func<bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "It never came.");
            await Task.Delay(10);
        }
    }
}
