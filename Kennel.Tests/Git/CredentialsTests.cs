using System.Net;
using System.Text;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Git;

namespace Kennel.Tests.Git;

public sealed class CredentialsTests : IDisposable
{
    private const string Secret = "s3cr3t-of-the-forge";
    private readonly string root = Directory.CreateTempSubdirectory("kennel-credentials-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Credentials_reach_the_forge_and_stand_in_no_command_line_and_no_error()
    {
        await using var forge = new ForgeStandIn();
        File.WriteAllText($"{root}/credentials", $"http://kennel:{Secret}@127.0.0.1:{forge.Port}\n");
        var options = new MirrorOptions($"{root}/mirrors", Some($"{root}/credentials"), Seq1("http"));

        var state = await Fetch(options, $"http://127.0.0.1:{forge.Port}/private.git");

        Assert.Contains($"kennel:{Secret}", forge.Given);
        Assert.Equal(0, forge.CommandLinesWith(Secret));
        Assert.DoesNotContain(Secret, ((FetchState.Failed)state).Cause.Describe().Sentence);
    }

    [Fact]
    public async Task Without_credentials_nobody_is_asked_for_any()
    {
        await using var forge = new ForgeStandIn();

        var state = await Fetch(
            new MirrorOptions($"{root}/mirrors", None, Seq1("http")),
            $"http://127.0.0.1:{forge.Port}/private.git"
        );

        Assert.Contains(
            "terminal prompts disabled",
            Assert.IsType<Cause.CloneFailed>(((FetchState.Failed)state).Cause).Detail
        );
    }

    private static async Task<FetchState> Fetch(MirrorOptions options, string url)
    {
        var ended = new TaskCompletionSource();
        await using var mirrors = new Mirrors(options, TimeProvider.System, ended.SetResult);
        var ask = new Core.Planning.Action.StartFetch(
            new BuildId(1),
            new DesiredProject(
                new ProjectId(1),
                Sure(ProjectName.Parse("test", "hello")),
                url,
                Sure(BranchName.Parse("test", "main")),
                None,
                Set<DeployEnvironment>(),
                IsBeingRemoved: false
            ),
            Sure(Branch.Parse("test", "main")),
            None
        );
        await mirrors.StartFetch(ask, CancellationToken.None);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return mirrors.Fetches(Set(new BuildId(1)))[new BuildId(1)];
    }

    private static T Sure<T>(Validation<Problem, T> given) =>
        given.Match(value => value, problems => throw new InvalidOperationException(string.Join("; ", problems)));

    /// <summary>Asks for a password, notes what it is given and what every process on the machine is called with.</summary>
    private sealed class ForgeStandIn : IAsyncDisposable
    {
        private readonly HttpListener listener = new();
        private readonly Task serving;
        private readonly List<string> given = [];
        private readonly List<string> commandLines = [];

        public ForgeStandIn()
        {
            Port = Random.Shared.Next(20_000, 30_000);
            listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
            listener.Start();
            serving = Serve();
        }

        public int Port { get; }

        public string Given => string.Join('\n', given);

        public int CommandLinesWith(string text) =>
            commandLines.Count(line => line.Contains(text, StringComparison.Ordinal));

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await serving;
        }

        private async Task Serve()
        {
            while (listener.IsListening)
            {
                try
                {
                    Answer(await listener.GetContextAsync());
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }

        private void Answer(HttpListenerContext context)
        {
            commandLines.AddRange(Directory.EnumerateDirectories("/proc").Where(IsProcess).Select(CommandLine));
            var authorization = context.Request.Headers["Authorization"];
            context.Response.StatusCode = authorization is null ? 401 : 403;
            if (authorization is not null)
                given.Add(Encoding.UTF8.GetString(Convert.FromBase64String(authorization["Basic ".Length..])));
            context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"forge\"");
            context.Response.Close();
        }

        private static bool IsProcess(string directory) => Path.GetFileName(directory).All(char.IsAsciiDigit);

        private static string CommandLine(string directory)
        {
            try
            {
                return File.ReadAllText($"{directory}/cmdline");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }
    }
}
