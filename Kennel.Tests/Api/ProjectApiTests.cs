using System.Text.Json;
using Kennel.Core.Configuration;
using Kennel.Core.Forge;
using Kennel.Shell.Commands;
using Kennel.Tests.Forgejo;
using Kennel.Tests.Store;

namespace Kennel.Tests.Api;

public sealed class ProjectApiTests
{
    private const string CloneUrl = "https://git.example.org/club/hello.git";

    [Fact]
    public async Task A_registration_says_what_to_enter_in_the_forge_and_shows_no_secret()
    {
        await using var daemon = await DaemonOnTrial.Start();
        var added = await daemon.Kennel("project", "add", "hello", CloneUrl);
        var path = Path.Combine(daemon.Configuration.StateDirectory, "secrets/webhook-1");
        var secret = File.ReadAllText(path).Trim();
        var shown = await daemon.Kennel("project", "show", "hello");
        var json = await daemon.Kennel("project", "show", "hello", "--json");

        Assert.Equal(("", ExitCode.Done), (added.Error, added.ExitCode));
        Assert.Contains("Target URL         http://127.0.0.1:3000/webhook/hello\n", added.Output);
        Assert.Contains($"the content of {path}\n", added.Output);
        Assert.Contains("ALLOWED_HOST_LIST", added.Output);
        Assert.Contains($"secret         {path}\n", shown.Output);
        Assert.All(new[] { added, shown, json }, run => Assert.DoesNotContain(secret, run.Output));
        Assert.Empty(daemon.Complaints);
    }

    [Fact]
    public async Task With_a_public_url_and_a_secret_of_all_webhooks_those_are_shown()
    {
        await using var daemon = await DaemonOnTrial.Start(configuration =>
            configuration with
            {
                Api = configuration.Api with { PublicUrl = "https://kennel.example.org/hooks" },
                WebhookSecretFile = "/run/secrets/all",
            }
        );
        var added = await daemon.Kennel("project", "add", "hello", CloneUrl, "--environments", "prod,preview");
        var shown = await daemon.Kennel("project", "show", "hello");

        Assert.Contains("https://kennel.example.org/hooks/webhook/hello\n", added.Output);
        Assert.Contains("the content of /run/secrets/all\n", added.Output);
        Assert.Contains("/run/secrets/all (that of all webhooks)\n", shown.Output);
        Assert.Contains("environments   prod, preview\n", shown.Output);
        Assert.False(Directory.Exists(Path.Combine(daemon.Configuration.StateDirectory, "secrets")));
    }

    [Theory]
    [InlineData("secrets/hello", null, "secretFile: got \"secrets/hello\"; expected the absolute path of a file")]
    [InlineData("{0}/none", null, "a file that the daemon (user kennel) can read; there is no such file")]
    [InlineData("/dev/zero", null, "a file of at most 65536 bytes")]
    [InlineData("{0}/file", " \n", "a file with a secret in its first line; this one is empty there")]
    [InlineData("{0}/secrets/file", "swordfish", "where Kennel keeps those it made")]
    public async Task A_secret_file_that_cannot_be_used_is_refused(string file, string? content, string told)
    {
        await using var daemon = await DaemonOnTrial.Start();
        var path = file.Replace("{0}", daemon.Configuration.StateDirectory, StringComparison.Ordinal);
        if (content is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }

        var run = await daemon.Kennel("project", "add", "hello", CloneUrl, "--secret-file", path);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(told, run.Error);
        Assert.DoesNotContain("swordfish", run.Error);
    }

    [Fact]
    public async Task Environments_that_there_are_not_are_all_told()
    {
        await using var daemon = await DaemonOnTrial.Start();

        var run = await daemon.Kennel("project", "add", "hello", CloneUrl, "--environments", "prod,live,test");
        var none = await daemon.Kennel("project", "add", "hello", CloneUrl, "--environments", ",");

        Assert.Contains("environments: got \"live\"; expected any of prod, staging, dev, preview", run.Error);
        Assert.Contains("environments: got \"test\"", run.Error);
        Assert.Contains("environments: got \"nothing\"", none.Error);
    }

    [Fact]
    public async Task With_a_token_the_webhook_is_made_kept_and_deleted()
    {
        await using var forgejo = await ForgejoStandIn.Start();
        await using var daemon = await DaemonOnTrial.Start(configuration => With(configuration, forgejo.Url));
        var url = $"{forgejo.Url}/club/hello.git".Replace("http://", "ssh://git@", StringComparison.Ordinal);

        var added = await daemon.Kennel("project", "add", "hello", url);
        var again = await daemon.Kennel("project", "add", "hello", url, "--json");
        var hook = Assert.Single(forgejo.Hooks);
        var removed = await daemon.Kennel("project", "remove", "hello", "--yes");

        Assert.Contains(
            "Its webhook was made in Forgejo. It delivers to http://127.0.0.1:3000/webhook/hello",
            added.Output
        );
        Assert.Equal("kept", StateOf(again.Output));
        Assert.Matches("^[0-9a-f]{64}$", hook.Secret);
        Assert.Contains("Its webhook was deleted in Forgejo.", removed.Output);
        Assert.Empty(forgejo.Hooks);
        Assert.Empty(forgejo.Violations);
    }

    [Fact]
    public async Task A_webhook_of_an_earlier_registration_is_made_anew_with_the_new_secret()
    {
        await using var forgejo = await ForgejoStandIn.Start();
        await using var daemon = await DaemonOnTrial.Start(configuration => With(configuration, forgejo.Url));
        forgejo.Add(StandInHook.For("http://127.0.0.1:3000/webhook/hello"));

        var run = await daemon.Kennel("project", "add", "hello", $"ssh://git@127.0.0.1/club/hello.git", "--json");

        Assert.Equal("replaced", StateOf(run.Output));
        Assert.NotEqual("old", Assert.Single(forgejo.Hooks).Secret);
    }

    [Fact]
    public async Task A_forge_that_does_not_answer_is_a_warning_and_the_project_is_registered()
    {
        await using var daemon = await DaemonOnTrial.Start(configuration => With(configuration, "http://127.0.0.1:1"));

        var added = await daemon.Kennel("project", "add", "hello", "ssh://git@127.0.0.1/club/hello.git");
        var removed = await daemon.Kennel("project", "remove", "hello", "--yes");

        Assert.Equal((ExitCode.Done, ExitCode.Done), (added.ExitCode, removed.ExitCode));
        Assert.StartsWith(
            "warning: Kennel could not make the webhook itself: http://127.0.0.1:1 cannot be reached",
            added.Error
        );
        Assert.Contains("Target URL ", added.Output);
        Assert.StartsWith("warning: Kennel could not delete the webhook itself: ", removed.Error);
        Assert.Contains("delete it there. Its target URL: http://127.0.0.1:3000/webhook/hello", removed.Output);
    }

    [Fact]
    public async Task A_build_is_cancelled_by_command_and_waited_for()
    {
        await using var daemon = await DaemonOnTrial.Start();
        await daemon.Store.Register();
        await daemon.Kennel("deploy", "hello", "main");

        var cancelled = await daemon.Kennel("cancel", "1", "--wait");
        var again = await daemon.Kennel("cancel", "1");
        var unknown = await daemon.Kennel("cancel", "9");

        Assert.Equal((ExitCode.Done, "Build 1 of hello/main is cancelled.\n"), (cancelled.ExitCode, cancelled.Output));
        Assert.Contains("error (build-ended): Build 1 has ended already: cancelled.", again.Error);
        Assert.Contains("error (unknown-build): ", unknown.Error);
    }

    [Fact]
    public async Task Deliveries_are_listed_with_what_they_led_to()
    {
        await using var daemon = await DaemonOnTrial.Start();
        await daemon.Store.Register();
        await daemon.Store.Arrive("push", "refs/heads/main", "deploy aaaa to main");
        await daemon.Store.Arrive("pull_request", "refs/pull/42/head", null);

        var all = await daemon.Kennel("deliveries");
        var json = await daemon.Kennel("deliveries", "hello", "--json");
        var unknown = await daemon.Kennel("deliveries", "helo");

        Assert.Matches(
            @"(?s)2 .*pull_request +hello/#42 +waiting\n1 .*push +hello/main +deploy aaaa to main\n",
            all.Output
        );
        using var parsed = JsonDocument.Parse(json.Output);
        Assert.Equal(JsonValueKind.Null, parsed.RootElement[0].GetProperty("meaning").ValueKind);
        Assert.Contains("Did you mean hello?", unknown.Error);
    }

    [Fact]
    public async Task Why_explains_a_pull_request_that_was_refused_and_has_no_branch()
    {
        await using var daemon = await DaemonOnTrial.Start();
        await daemon.Store.Register();
        await daemon.Store.Arrive("pull_request", "refs/pull/42/head", "refused: it comes from another repository");
        await daemon.Store.Know(
            new PullRequest(42, PullRequestState.Open, daemon.Store.Clock.Now, "x", "main", "it comes from club/fork")
        );

        var why = await daemon.Kennel("why", "hello/#42");
        var never = await daemon.Kennel("why", "hello/#43");
        var deploy = await daemon.Kennel("deploy", "hello", "#42");

        Assert.Equal(ExitCode.Done, why.ExitCode);
        Assert.StartsWith(
            "hello/#42 (preview): Pull request 42 is not deployed: it comes from club/fork.\n",
            why.Output
        );
        Assert.Contains("refused: it comes from another repository", why.Output);
        Assert.Contains("error (unknown-branch): ", never.Error);
        Assert.Contains(
            "error (pull-request-refused): hello/#42 is not deployed: it comes from club/fork.",
            deploy.Error
        );
    }

    private static HostConfiguration With(HostConfiguration configuration, string forgejo)
    {
        var token = Path.Combine(configuration.StateDirectory, "token");
        File.WriteAllText(token, ForgejoStandIn.Token);
        return configuration with { Forgejo = new ForgejoConfiguration(forgejo, token) };
    }

    private static string StateOf(string output) =>
        JsonDocument.Parse(output).RootElement.GetProperty("webhook").GetProperty("state").GetString()!;
}
