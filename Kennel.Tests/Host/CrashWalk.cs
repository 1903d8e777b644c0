using System.Text.RegularExpressions;
using Kennel.Core.Views;
using Xunit.Abstractions;

namespace Kennel.Tests.Host;

/// <summary>
/// Takes a branch through its life (first deploy, another deploy, sleep, wake, removal) again and again, and kills Kennel at another
/// effect each time: each stage must end in the same world as without.
/// </summary>
internal sealed partial class CrashWalk(TestHost host, TestRepository hello, ITestOutputHelper output, string moment)
{
    private const string FaultFile = "/run/kennel/fault";
    private const int EffectsMax = 60;
    private const int StageCount = 5;
    private const int KillsLeast = 2;

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
                $"[Service]\nEnvironment=KENNEL_FAULT_FILE={FaultFile}\nRestartSec=100ms\n"
            ),
        ],
    };

    private readonly SortedDictionary<string, string> worlds = [];
    private readonly System.Collections.Generic.HashSet<string> finished = [];
    private readonly Dictionary<string, int> crashes = [];
    private int version;

    /// <summary>Kills at every effect whose number leaves this remainder when divided by two.</summary>
    public static Task Run(string moment, int remainder, ITestOutputHelper output) =>
        TestHost.With(
            Options,
            async host =>
            {
                var walk = new CrashWalk(host, await TestRepository.Create(host), output, moment);
                await walk.Life(0);
                for (
                    var effect = remainder == 0 ? 2 : 1;
                    walk.finished.Count < StageCount && effect < EffectsMax;
                    effect += 2
                )
                    await walk.Life(effect);
                walk.ExpectThatEachStageCrashed();
            }
        );

    private async Task Life(int effect)
    {
        await Stage("first deploy", effect, () => Deploy($"{++version}"));
        await Stage("another deploy", effect, () => Deploy($"{++version}"));
        await Stage("sleep", effect, () => Insist("hibernate", "hello/topic"));
        await Stage("wake", effect, () => Insist("wake", "hello/topic"));
        await Stage("removal", effect, Remove);
    }

    private async Task Stage(string name, int effect, Func<Task> act)
    {
        var isArmed = effect > 0 && !finished.Contains(name);
        if (isArmed)
            await Arm(effect);
        await act();
        await host.UntilSettled();
        var world = await World();
        if (isArmed)
            await NoteCrash(name, effect);
        if (worlds.TryAdd(name, world))
            return;
        Assert.True(
            world == worlds[name],
            $"{name}, killed {moment} effect {effect}: not the same world.\n--- without\n{worlds[name]}\n--- with\n{world}"
        );
    }

    /// <summary>The daemon counts effects from when the file appears, so there must be none under way.</summary>
    private Task Arm(int effect) => host.Write(FaultFile, $"{moment} {effect}\n");

    /// <summary>The file is still there when the stage has fewer effects than that: then every one was visited.</summary>
    private async Task NoteCrash(string stage, int effect)
    {
        if ((await host.Try($"rm {FaultFile}")).ExitStatus == 0)
        {
            finished.Add(stage);
            output.WriteLine($"{stage}: fewer than {effect} effects");
            return;
        }
        crashes[stage] = crashes.GetValueOrDefault(stage) + 1;
    }

    private void ExpectThatEachStageCrashed()
    {
        foreach (var (stage, count) in crashes)
            output.WriteLine($"{stage}: killed {moment} {count} effects");
        Assert.Equal(StageCount, finished.Count);
        Assert.All(
            worlds.Keys,
            stage => Assert.True(crashes.GetValueOrDefault(stage) >= KillsLeast, $"{stage} was hardly killed")
        );
    }

    private async Task Deploy(string text)
    {
        await hello.Push("topic", Edit.Version(text));
        await Insist("deploy", "hello", "topic");
        await host.UntilServed($"hello-topic.{TestHost.Domain}", $"hello, version {text}\n");
    }

    private Task Remove() => Insist("remove", "hello", "topic");

    /// <summary>The daemon may die before it answers; whoever asked then asks again.</summary>
    private Task Insist(params string[] arguments) =>
        TestHost.Until(
            string.Join(' ', arguments),
            async () =>
            {
                var asked = await host.TryKennel(arguments);
                return asked.ExitStatus == 0 || asked.Error.Contains("unknown-branch", StringComparison.Ordinal);
            }
        );

    /// <summary>The world of this moment, but for numbers and digests that differ by nature.</summary>
    private async Task<string> World()
    {
        await TestHost.Until(
            "leases have cooled",
            async () =>
                !(await host.Ask<InventoryView>("inventory")).Items.Exists(item =>
                    item.Detail.StartsWith("cooling", StringComparison.Ordinal)
                )
        );
        var inventory = (await host.Inventory()).Select(item =>
            item.Kind == "lease"
                ? $"lease {item.Owner} {item.Detail}"
                : $"{item.Kind} {item.Name} {item.Owner} {item.Detail}"
        );
        var deployments = (await hello.Deployments()).Map(it => $"{it.Branch} {it.Component} {it.State}");
        var lines = inventory.Concat(await host.Units()).Concat(await host.Files()).Concat(deployments);
        return string.Join('\n', lines.Select(Normal).Distinct().Order(StringComparer.Ordinal));
    }

    private static string Normal(string line) =>
        StorePaths()
            .Replace(
                Ports().Replace(Digests().Replace(Builds().Replace(line, "$1BUILD-"), "DIGEST.service"), "PORT"),
                "PATH"
            );

    [GeneratedRegex("[0-9a-f]{10}\\.service")]
    private static partial Regex Digests();

    [GeneratedRegex("\\b1[89][0-9]{3}\\b")]
    private static partial Regex Ports();

    [GeneratedRegex("\\b([0-9a-f]{12}-)[0-9]+-")]
    private static partial Regex Builds();

    [GeneratedRegex("/nix/store/[^ ]+")]
    private static partial Regex StorePaths();
}
