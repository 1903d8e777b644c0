using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Activity;
using Kennel.Tests.Routing;

namespace Kennel.Tests.Activity;

public sealed class RequestMemoryTests
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly MovedClock clock = new();
    private readonly RequestMemory memory;

    public RequestMemoryTests() => memory = new RequestMemory(clock, Interval);

    [Fact]
    public void Until_it_is_proven_that_requests_are_heard_of_nothing_is_known()
    {
        Hear("a.test", clock.Now);
        Assert.Equal(Observation.NotAsked, Unknown());

        memory.Prove();

        Assert.Equal(Observation.Known(Map((Rows.Host("a.test"), clock.Now))), memory.Requests);
    }

    [Fact]
    public void After_three_intervals_without_a_proof_nothing_is_known_any_more_and_it_says_why()
    {
        memory.Prove();
        clock.Pass(3 * Interval);
        memory.Doubt("the log does not arrive");
        Assert.IsType<Observation<Map<HostName, DateTimeOffset>>.Known>(memory.Requests);

        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("the log does not arrive", Unknown());

        memory.Prove();
        Assert.IsType<Observation<Map<HostName, DateTimeOffset>>.Known>(memory.Requests);
    }

    [Fact]
    public void What_is_wrong_is_not_told_right_after_the_start()
    {
        memory.Doubt("Caddy is just starting");
        Assert.Equal(Observation.NotAsked, Unknown());

        clock.Pass((3 * Interval) + TimeSpan.FromSeconds(1));

        Assert.Equal("Caddy is just starting", Unknown());
    }

    [Fact]
    public void A_jump_of_the_clock_is_no_silence()
    {
        memory.Prove();

        clock.Now += TimeSpan.FromDays(30);

        Assert.IsType<Observation<Map<HostName, DateTimeOffset>>.Known>(memory.Requests);
    }

    [Fact]
    public void The_last_request_of_each_host_counts_and_none_is_in_the_future()
    {
        memory.Prove();
        Hear("a.test", clock.Now - (2 * Interval));
        Hear("a.test", clock.Now - Interval);
        Hear("a.test", clock.Now - (3 * Interval));
        Hear("b.test", clock.Now + Interval);
        memory.Hear(new AccessRecord.Request(Rows.Host("c.test"), Firefox, None));

        Assert.Equal(
            Observation.Known(
                Map(
                    (Rows.Host("a.test"), clock.Now - Interval),
                    (Rows.Host("b.test"), clock.Now),
                    (Rows.Host("c.test"), clock.Now)
                )
            ),
            memory.Requests
        );
    }

    [Fact]
    public void Known_bots_are_no_people()
    {
        memory.Prove();

        memory.Hear(new AccessRecord.Request(Rows.Host("a.test"), "kube-probe/1.30", None));

        Assert.Equal(Observation.Known(Map<HostName, DateTimeOffset>()), memory.Requests);
    }

    [Fact]
    public void Only_so_many_hosts_are_remembered_and_the_oldest_go_first()
    {
        const int more = 20_010;
        memory.Prove();
        for (var number = 0; number < more; number++)
            Hear($"host-{number}.test", clock.Now - Interval + TimeSpan.FromMilliseconds(number));

        var hosts = memory.Requests.ToOption().IfNone(Map<HostName, DateTimeOffset>());
        Assert.Equal(20_000, hosts.Count);
        Assert.False(hosts.ContainsKey(Rows.Host("host-0.test")));
        Assert.True(hosts.ContainsKey(Rows.Host($"host-{more - 1}.test")));
    }

    private void Hear(string host, DateTimeOffset at) =>
        memory.Hear(new AccessRecord.Request(Rows.Host(host), Firefox, Some(at)));

    private string Unknown() =>
        Assert.IsType<Observation<Map<HostName, DateTimeOffset>>.Unknown>(memory.Requests).Reason;

    /// <summary>A clock whose time of day and whose passing time are moved apart.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private long timestamp;

        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => timestamp;

        public void Pass(TimeSpan time)
        {
            Now += time;
            timestamp += time.Ticks;
        }
    }
}
