using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Commands;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Api;

public sealed class ApiTests : IAsyncLifetime
{
    private DaemonOnTrial _daemon = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _daemon = await DaemonOnTrial.Start();
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellation) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(_daemon.Socket), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = new Uri("http://kennel"),
        };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _daemon.DisposeAsync();
    }

    [Fact]
    public void The_socket_is_for_its_owner_and_group_only() =>
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(_daemon.Socket)
        );

    [Fact]
    public async Task A_project_is_added_listed_deployed_and_removed()
    {
        var added = await _daemon.Kennel("project", "add", "hello", "https://git.example.org/hello.git");
        var listed = await _daemon.Kennel("project", "list");
        var deployed = await _daemon.Kennel("deploy", "hello", "feature/x#1");
        var builds = await _daemon.Kennel("builds", "hello");
        var shown = await _daemon.Kennel("builds", "show", "1");
        var why = await _daemon.Kennel("why", "hello/feature/x#1");
        var plan = await _daemon.Kennel("plan", "--detailed-exitcode");
        var gone = await _daemon.Kennel("remove", "hello", "feature/x#1");
        var removed = await _daemon.Kennel("project", "remove", "hello", "--yes");

        Assert.Contains("kennel deploy hello main", added.Output);
        Assert.Contains("https://git.example.org/hello.git", listed.Output);
        Assert.Contains("Build 1 of hello/feature/x#1 is queued.", deployed.Output);
        Assert.Contains("hello/feature/x#1  queued", builds.Output);
        Assert.StartsWith("Build 1 of hello/feature/x#1: queued", shown.Output);
        Assert.Contains("Build 1 is queued; nothing is live.", why.Output);
        Assert.Equal(ExitCode.Changes, plan.ExitCode);
        Assert.Equal(("", ExitCode.Done), (gone.Error, gone.ExitCode));
        Assert.Equal(("", ExitCode.Done), (removed.Error, removed.ExitCode));
        Assert.Equal(4, _daemon.Wakes);
    }

    [Fact]
    public async Task Every_question_has_an_answer_in_text_and_in_json()
    {
        await _daemon.Store.Register();
        foreach (var command in new[] { "status", "deployments", "builds", "inventory", "plan", "reconcile" })
        {
            var text = await _daemon.Kennel(command);
            var json = await _daemon.Kennel(command, "--json");

            Assert.Equal((command, "", 0), (command, text.Error, text.ExitCode));
            Assert.NotEqual("", text.Output);
            using var parsed = JsonDocument.Parse(json.Output);
        }
    }

    [Fact]
    public async Task What_is_refused_is_told_with_what_to_do()
    {
        await _daemon.Store.Register();
        var unknown = await _daemon.Kennel("why", "helo/main");
        var never = await _daemon.Kennel("why", "hello/main");
        var twice = await _daemon.Kennel("project", "add", "hello", "https://git.example.org/hello.git");
        var wrong = await _daemon.Kennel("project", "add", "build", "http://git.example.org/x");
        var missing = await _daemon.Kennel("builds", "show", "99");

        Assert.Contains("error (unknown-project): There is no project helo.\nnext: Did you mean hello?", unknown.Error);
        Assert.Contains("error (unknown-branch): ", never.Error);
        Assert.Contains("error (project-exists): ", twice.Error);
        Assert.Contains("name: got \"build\"", wrong.Error);
        Assert.Contains("git.allowedProtocols", wrong.Error);
        Assert.Contains("error (unknown-build): ", missing.Error);
        Assert.All(new[] { unknown, never, twice, wrong, missing }, run => Assert.Equal(1, run.ExitCode));
    }

    [Fact]
    public async Task An_error_is_problem_json_with_code_title_detail_and_remedy()
    {
        using var answer = await _http.GetAsync("/v1/builds/99");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("unknown-build", problem.RootElement.GetProperty("code").GetString());
        Assert.All(
            new[] { "title", "detail", "remedy" },
            name => Assert.NotEqual("", problem.RootElement.GetProperty(name).GetString())
        );
    }

    [Theory]
    [InlineData("GET", "/v2/status", "", 404, "unknown-path")]
    [InlineData("PUT", "/v1/projects", "{}", 404, "unknown-path")]
    [InlineData("POST", "/v1/projects", "{", 400, "invalid-request")]
    [InlineData("POST", "/v1/projects", "null", 400, "invalid-request")]
    [InlineData("POST", "/v1/projects", """{ "name": "a" }""", 400, "invalid-request")]
    [InlineData(
        "POST",
        "/v1/projects",
        """{ "name": "a", "cloneUrl": "https://x/y", "ownr": "z" }""",
        400,
        "invalid-request"
    )]
    [InlineData("POST", "/v1/projects/hello/deploy", """{ "branch": "..", "commit": "abc" }""", 400, "invalid-request")]
    [InlineData("DELETE", "/v1/projects/hello/branches", "", 400, "invalid-request")]
    [InlineData("GET", "/v1/builds/seven", "", 404, "unknown-path")]
    [InlineData("GET", "/v1/why?project=hello&branch=%00", "", 400, "invalid-request")]
    public async Task A_request_that_is_not_acceptable_is_refused(
        string method,
        string path,
        string body,
        int status,
        string code
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body.Length == 0 ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(code, text);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var body = new StringContent($"\"{new string('x', 100_000)}\"", Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync("/v1/projects", body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task What_goes_wrong_inside_is_answered_and_logged()
    {
        _daemon.IsStoreLost = true;

        var run = await _daemon.Kennel("status");

        Assert.Contains("error (internal-error): the disk is gone", run.Error);
        Assert.Contains("GET /v1/status failed", Assert.Single(_daemon.Complaints));
    }

    [Fact]
    public async Task A_log_is_followed_until_its_build_has_no_more_to_say()
    {
        await _daemon.Store.Register();
        await _daemon.Kennel("deploy", "hello", "main");
        var log = _daemon.Configuration.BuildLog(new BuildId(1));
        var following = _daemon.Kennel("logs", "--build", "1", "-f");

        await File.AppendAllTextAsync(log, "first\n");
        await Task.Delay(300);
        await File.AppendAllTextAsync(log, "\u001b[31msecond\u001b[2J\n");
        Assert.False(following.IsCompleted);
        await _daemon.Store.Done(
            new Action.RecordBuildEnd(
                new BuildId(1),
                BuildState.Failed,
                new Cause.NoFlake(),
                _daemon.Store.Clock.GetUtcNow()
            )
        );

        Assert.Equal("first\nsecond·[2J\n", (await following.WaitAsync(TimeSpan.FromSeconds(10))).Output);
    }

    [Fact]
    public async Task A_deploy_that_is_waited_for_ends_with_the_cause_of_its_failure()
    {
        await _daemon.Store.Register();
        var waiting = _daemon.Kennel("deploy", "hello", "main", "--wait");
        while ((await _daemon.Store.Read()).Builds.IsEmpty)
        {
            await Task.Delay(20);
        }

        await _daemon.Store.Done(
            new Action.RecordBuildEnd(
                new BuildId(1),
                BuildState.Failed,
                new Cause.NoFlake(),
                _daemon.Store.Clock.GetUtcNow()
            )
        );
        var run = await waiting.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("error (no-flake): Build 1 failed: The commit has no flake.nix at its root.", run.Error);
        Assert.Contains("More: kennel why hello/main", run.Error);
    }

    [Fact]
    public async Task Whoever_follows_a_log_does_not_hold_up_the_end_of_the_daemon()
    {
        await _daemon.Store.Register();
        await _daemon.Kennel("deploy", "hello", "main");
        var following = _daemon.Kennel("logs", "--build", "1", "-f");
        await Task.Delay(300);

        await _daemon.Stop().WaitAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(ExitCode.Failed, (await following).ExitCode);
    }
}
