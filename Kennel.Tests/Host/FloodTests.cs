using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class FloodTests
{
    private const int ProjectsMax = 20;
    private const int KillsMax = 5;

    [HostFact]
    public Task Two_hundred_deliveries_at_once_end_alike_with_Kennel_killed_five_times_and_without() =>
        TestHost.With(
            TestForge.Options,
            async host =>
            {
                await host.Run(
                    "sed -i 's/RestartSec=.*/RestartSec=100ms/' /etc/systemd/system/kennel.service && systemctl daemon-reload"
                );
                var repositories = new List<TestRepository>();
                for (var number = 1; number <= ProjectsMax; number++)
                    repositories.Add(await TestRepository.Create(host, $"p{number}"));

                var calm = await Round(host, repositories, "calm", kills: 0);
                var killed = await Round(host, repositories, "killed", KillsMax);

                Assert.Equal(calm, killed);
            }
        );

    [HostFact]
    public Task Fifty_pull_requests_in_any_order_leave_nothing() =>
        TestHost.With(
            TestForge.Options,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                var forge = new TestForge(host, hello);
                var deliveries = new List<string>();
                for (var number = 1; number <= 50; number++)
                    deliveries.AddRange(await PullRequest(hello, forge, number));
                var random = new Random(7);

                await SendAll(host, deliveries.OrderBy(_ => random.Next()));
                await host.UntilSettled();

                await host.ExpectNothingLeft();
                Assert.Empty((await host.Ask<Seq<DeliveryView>>("deliveries")).Filter(it => it.Meaning.IsNone));
            }
        );

    /// <summary>Ten deliveries for each project; what is left is the same whatever happens meanwhile.</summary>
    private static async Task<string> Round(TestHost host, List<TestRepository> repositories, string text, int kills)
    {
        var deliveries = new List<string>();
        foreach (var repository in repositories)
            deliveries.AddRange(await Deliveries(host, repository, text));
        var sent = SendAll(host, deliveries);
        for (var kill = 0; kill < kills; kill++)
        {
            await host.Run("sleep 0.7; systemctl kill --signal KILL kennel");
        }
        await sent;
        await TestHost.Until(
            "every delivery is accounted for",
            async () => (await host.Ask<Seq<DeliveryView>>("deliveries")).ForAll(it => it.Meaning.IsSome)
        );
        await host.UntilSettled();
        foreach (var repository in repositories)
            Assert.Contains(
                text,
                (await host.Get(HostLooks.HostName(repository.Project, "main"))).Body,
                StringComparison.Ordinal
            );
        var standing = (await host.Ask<Seq<DeploymentView>>("deployments")).Map(it =>
            $"{it.Project} {it.Branch} {it.Component} {it.State}"
        );
        var builds = (await host.Run("ls /var/lib/kennel/builds")).Trim();
        return string.Join('\n', standing.Order(StringComparer.Ordinal)) + builds;
    }

    private static async Task<List<string>> Deliveries(TestHost host, TestRepository repository, string text)
    {
        var id = int.Parse(repository.Project[1..], System.Globalization.CultureInfo.InvariantCulture);
        var forge = new TestForge(host, repository, id);
        var main = await repository.Push("main", Edit.Site(text));
        var topic = await repository.Push("topic", Edit.Site(text + " topic"), "refs/pull/1/head");
        string[] opened = ["--updated-at", Time(text, 1), "pull-request", "1", "opened", "topic", topic];
        string[] pushed = ["--updated-at", Time(text, 2), "pull-request", "1", "synchronized", "topic", topic];
        string[] closed = ["--updated-at", Time(text, 3), "pull-request", "1", "closed", "topic", topic];
        await repository.Delete("refs/heads/topic");
        return
        [
            forge.Command("push", "main", main),
            forge.Command("--delivery", $"{text}-{id}", "push", "main", main),
            forge.Command("--delivery", $"{text}-{id}", "push", "main", main),
            forge.Command("push", "topic", topic),
            forge.Command("delete", "topic"),
            forge.Command(opened),
            forge.Command(pushed),
            forge.Command(closed),
            forge.Command(pushed),
            forge.Command("push", "main", main),
        ];
    }

    private static async Task<List<string>> PullRequest(TestRepository repository, TestForge forge, int number)
    {
        var branch = $"b{number}";
        var deliveries = new List<string>();
        foreach (var (action, second) in new[] { ("opened", 1), ("synchronized", 2), ("synchronized", 3) })
        {
            var commit = await repository.Push(branch, Edit.Site($"{number} {second}"), $"refs/pull/{number}/head");
            deliveries.Add(
                forge.Command("--updated-at", Time("calm", second), "pull-request", $"{number}", action, branch, commit)
            );
            if (second == 3)
                deliveries.Add(
                    forge.Command(
                        "--updated-at",
                        Time("calm", 4),
                        "pull-request",
                        $"{number}",
                        "closed",
                        branch,
                        commit
                    )
                );
        }
        return deliveries;
    }

    private static string Time(string text, int second) =>
        $"2026-01-02T{(text == "calm" ? "10" : "11")}:00:{second:00}Z";

    /// <summary>Sends all, many at a time; what is not accepted, for Kennel is down, is sent again.</summary>
    private static async Task SendAll(TestHost host, IEnumerable<string> commands)
    {
        var lines = string.Join(
            '\n',
            commands.Select(command => $"until {command} >>/srv/answers 2>&1; do sleep 0.2; done")
        );
        await host.Write("/srv/deliveries", lines + "\n");
        await host.Run(
            "xargs --arg-file /srv/deliveries --delimiter '\\n' --max-procs 50 --max-args 1 bash -c",
            TimeSpan.FromMinutes(5)
        );
    }
}
