using Kennel.Core.Views;
using Xunit.Abstractions;

namespace Kennel.Tests.Host;

/// <summary>
/// Takes a branch through its life (first deploy, another deploy, redeploy, roll back, unpinning, sleep, wake, removal),
/// once as it is and then with Kennel killed at its effects: each stage must end in the same world.
/// </summary>
internal sealed class CrashWalk(TestHost host, TestRepository hello, string moment)
{
    private const string Title = "hello/topic";
    private const string Page = "hello-topic." + TestHost.Domain;
    private const int KillsLeast = 2;

    // A stage takes twenty starts of Kennel and more, which on a busy machine take long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    // So many effects pass at first, and so many after each start, in which Kennel gets on for a while.
    private const string NoPauses = "0 0";
    private const string SomePauses = "1 4";

    // Periods add no effects; without them a life takes half the time.
    private static readonly HostOptions Options = new()
    {
        Configuration = """
            {
              "domains": { "ephemeral": "kennel.localhost" },
              "caddy": { "adminUrl": "unix//run/caddy-admin/admin.sock", "port": 80 },
              "git": { "allowedProtocols": ["file"] },
              "releases": { "readyDeadlineSeconds": 8, "stayUpSeconds": 0, "drainSeconds": 0 },
              "ports": { "coolingSeconds": 0 }
            }
            """,
        Files =
        [
            (
                "/etc/systemd/system/kennel.service.d/fault.conf",
                $"[Service]\nEnvironment=KENNEL_FAULT_FILE={CrashOrder.File}\nRestartSec=100ms\n"
            ),
        ],
    };

    private readonly CrashOrder order = new(host);
    private readonly SortedDictionary<string, string> worlds = [];
    private readonly SortedDictionary<string, int> kills = [];
    private int version;

    /// <summary>Kills at every single effect, so that each start of Kennel brings one more.</summary>
    public static Task AtEachEffect(string moment, ITestOutputHelper output) =>
        Run(
            moment,
            output,
            async walk =>
            {
                await walk.Life(NoPauses);
                Assert.All(
                    walk.worlds.Keys,
                    stage =>
                        Assert.True(walk.kills.GetValueOrDefault(stage) >= KillsLeast, $"{stage} was hardly killed")
                );
            }
        );

    /// <summary>Kills at some effects, so that between them Kennel lives for a while.</summary>
    public static Task AtSomeEffects(string moment, ITestOutputHelper output) =>
        Run(moment, output, walk => walk.Life(SomePauses));

    private static Task Run(string moment, ITestOutputHelper output, Func<CrashWalk, Task> lives) =>
        TestHost.With(
            Options,
            async host =>
            {
                var walk = new CrashWalk(host, await TestRepository.Create(host), moment);
                await walk.Life(null);
                await lives(walk);
                foreach (var (stage, count) in walk.kills)
                    output.WriteLine($"{stage}: killed {moment} {count} effects");
            }
        );

    private async Task Life(string? pauses)
    {
        var (first, second) = ($"{++version}", $"{++version}");
        Task Stage(string name, string? served, Func<Task> act) => this.Stage(name, pauses, served, act);

        await Stage("1 first deploy", first, () => Deploy(first));
        await Stage("2 another deploy", second, () => Deploy(second));
        await Stage("3 redeploy", second, Redeploy);
        await Stage("4 roll back", first, () => Insist(["rollback", Title], IsPinned));
        await Stage("5 unpinning", second, () => Insist(["unpin", Title], async () => !await IsPinned()));
        await Stage("6 sleep", null, () => Insist(["hibernate", Title]));
        await Stage("7 wake", second, () => Insist(["wake", Title]));
        await Stage("8 removal", null, () => Insist(["remove", "hello", "topic"]));
    }

    private async Task Stage(string name, string? pauses, string? served, Func<Task> act)
    {
        if (pauses is not null)
            await order.Give($"{moment} {pauses} {name}");
        await act();
        await host.UntilSettled(Patience);
        if (pauses is not null)
            await Note(name, pauses, await order.TakeBack());
        if (served is not null)
            await host.UntilServed(Page, $"hello, version {served}\n");
        var world = await CrashWorld.Of(host, hello);
        if (worlds.TryAdd(name, world))
            return;
        Assert.True(
            world == worlds[name],
            $"{name}, killed {moment} effects ({pauses}): not the same world.\n--- without\n{worlds[name]}\n--- with\n{world}"
        );
    }

    private async Task Note(string stage, string pauses, CrashRecord record)
    {
        kills[stage] = record.Deaths.Count;
        if (pauses == NoPauses)
            Assert.Empty(record.Survived);
        await host.UntilSettled(Patience);
    }

    private async Task Deploy(string text)
    {
        var commit = await hello.Push("topic", Edit.Version(text));
        await Insist(
            ["deploy", "hello", "topic"],
            async () => (await hello.NewestBuild()).Exists(build => build.Commit == Some(commit))
        );
    }

    private async Task Redeploy()
    {
        var before = (await hello.LastBuild()).Id;
        await Insist(["redeploy", Title], async () => (await hello.LastBuild()).Id > before);
    }

    private async Task<bool> IsPinned() => (await hello.Releases("topic")).Exists(past => past.IsPinned);

    /// <summary>
    /// The daemon may die before it answers: whoever asked then looks whether it was heard, and asks again where not.
    /// </summary>
    private Task Insist(string[] arguments, Func<Task<bool>>? wasHeard = null) =>
        TestHost.Until(
            string.Join(' ', arguments),
            async () =>
            {
                var asked = await host.TryKennel(arguments);
                if (asked.ExitStatus == 0 || asked.Error.Contains("unknown-branch", StringComparison.Ordinal))
                    return true;
                await host.Ask<StatusView>("status");
                return wasHeard is not null && await wasHeard();
            },
            limit: Patience
        );
}
