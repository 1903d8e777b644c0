using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kennel.Shell.Api;
using Xunit.Sdk;

namespace Kennel.Tests.Host;

/// <summary>A disposable host with Kennel installed as a user would install it, and periods short enough for tests.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    /// <summary>The domain of its deployments.</summary>
    public const string Domain = "kennel.localhost";

    private const string Script = "/usr/bin/bash";

    // When PID 1 was started, in ticks of the machine's clock.
    private const string SystemStart = "cut -d ' ' -f 22 /proc/1/stat";
    private static readonly string Prefix =
        Environment.GetEnvironmentVariable("KENNEL_TEST_HOST_PREFIX") ?? $"test-{Environment.ProcessId}";
    private static readonly TimeSpan UpLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ExecLimit = TimeSpan.FromMinutes(3);
    private static int count;
    private string? process;

    private TestHost(string name) => Name = name;

    /// <summary>How long to wait for what is to come: it ends a hopeless wait, and says nothing about speed.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Its name for scripts/testhost.</summary>
    public string Name { get; }

    /// <summary>Boots a host, runs a test on it, and takes it down; a failing test tells what the host has to say.</summary>
    public static Task With(Func<TestHost, Task> test) => With(new HostOptions(), test);

    /// <summary>The same, with a host that is special.</summary>
    public static async Task With(HostOptions options, Func<TestHost, Task> test)
    {
        await using var host = new TestHost($"{Prefix}-{Interlocked.Increment(ref count)}");
        try
        {
            await host.Up(options);
            await test(host);
        }
        catch (Exception error)
        {
            throw new XunitException($"{error.Message}\n\n{await host.LastWords()}", error);
        }
    }

    /// <summary>Runs a shell script as root on the host.</summary>
    public Task<Ended> Try(string script, TimeSpan? limit = null) =>
        TestHostCommand(["exec", Name, "--", Script, "-c", script], limit ?? ExecLimit);

    /// <summary>Runs a shell script that must end well; returns what it printed.</summary>
    public async Task<string> Run(string script, TimeSpan? limit = null) =>
        (await Try($"set -euo pipefail\n{script}", limit)).Expect();

    /// <summary>Runs the command <c>kennel</c>.</summary>
    public Task<Ended> TryKennel(params string[] arguments) =>
        TestHostCommand(["exec", Name, "--", "kennel", .. arguments], ExecLimit);

    /// <summary>Runs the command <c>kennel</c>, which must end well.</summary>
    public async Task<string> Kennel(params string[] arguments) => (await TryKennel(arguments)).Expect();

    /// <summary>
    /// Asks the daemon over its socket, as the command <c>kennel</c> does; many looks are cheaper so.
    /// </summary>
    public async Task<Ended> TryAsk(string path)
    {
        if (process is not { } known)
        {
            var found = await FindProcess();
            if (found.ExitStatus != 0)
                return found;
            process = known = found.Output.Trim();
        }
        var told = await DaemonSocket.Ask(known, path);
        // After a reboot it is another one.
        if (told.ExitStatus != 0)
            process = null;
        return told;
    }

    /// <summary>Its root directory, seen from outside: a server of the tests can have its socket there.</summary>
    public async Task<string> Root() => $"/proc/{(await FindProcess()).Expect().Trim()}/root";

    /// <summary>Asks the daemon; one that is just starting is given time.</summary>
    public async Task<T> Ask<T>(string path)
    {
        Ended? last = null;
        await Until(
            $"the daemon answers {path}",
            async () => (last = await TryAsk(path)).ExitStatus == 0,
            () => $"{last}"
        );
        return Read<T>(last!.Output);
    }

    /// <summary>Asks Caddy for a page by host name.</summary>
    public async Task<Answer> Get(string hostName, string path = "/")
    {
        var asked = await Try(
            $"curl --silent --max-time 30 --write-out '\\n%{{http_code}}' --header 'Host: {hostName}' 'http://127.0.0.1{path}'"
        );
        var end = asked.Output.LastIndexOf('\n');
        return asked.ExitStatus == 0 && end >= 0
            ? new Answer(int.Parse(asked.Output[(end + 1)..], CultureInfo.InvariantCulture), asked.Output[..end])
            : new Answer(0, asked.ToString());
    }

    /// <summary>Writes a file on the host.</summary>
    public async Task Write(string path, string text)
    {
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
        await Run($"mkdir -p \"$(dirname '{path}')\" && echo {encoded} | base64 --decode >'{path}'");
    }

    /// <summary>Waits until something holds; one that never does tells what was seen last.</summary>
    public static async Task Until(
        string what,
        Func<Task<bool>> holds,
        Func<string>? last = null,
        TimeSpan? limit = null
    )
    {
        var deadline = limit ?? Deadline;
        var since = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(
                since.Elapsed < deadline,
                $"Not within {deadline.TotalSeconds} s: {what}. {(last is null ? "" : $"Last: {last()}")}"
            );
            await Task.Delay(200);
        }
    }

    /// <summary>Waits until a page is served by host name.</summary>
    public Task UntilServed(string hostName, string text, TimeSpan? limit = null)
    {
        var last = new Answer(0, "");
        return Until(
            $"{hostName} answers with {text}",
            async () =>
                (last = await Get(hostName)).Status == 200 && last.Body.Contains(text, StringComparison.Ordinal),
            () => $"{last}",
            limit
        );
    }

    /// <summary>Reboots it and waits until it is up again and Kennel runs.</summary>
    public async Task Reboot()
    {
        var before = await Run(SystemStart);
        await TryBriefly("systemctl reboot");
        await Until(
            "the host is up again",
            async () =>
                (await TryBriefly($"{SystemStart} && systemctl is-active --quiet kennel caddy"))
                    .Filter(now => now.ExitStatus == 0 && now.Output != before)
                    .IsSome
        );
    }

    // A shell that has just been entered when the host goes down may never end.
    private async Task<Option<Ended>> TryBriefly(string script)
    {
        try
        {
            return await Try(script, TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException)
        {
            return None;
        }
    }

    /// <summary>Takes it down, unless it is to be looked at: with KENNEL_KEEP_HOSTS set it stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("KENNEL_KEEP_HOSTS") is null)
            await TestHostCommand(["down", Name], UpLimit);
    }

    private Task<Ended> FindProcess() => TestHostCommand(["process", Name], ExecLimit);

    private async Task Up(HostOptions options)
    {
        string[] disk = options.DiskSize is { } size ? ["--disk", size] : [];
        (await TestHostCommand(["up", Name, "--no-kennel", .. disk], UpLimit)).Expect();
        await Write("/etc/kennel/config.json", options.Configuration);
        foreach (var (path, text) in options.Files)
            await Write(path, text);
        await Run(
            "/src/scripts/install --from /src/artifacts/kennel >/var/log/install.log 2>&1 || { cat /var/log/install.log; exit 1; }"
        );
    }

    /// <summary>What helps to understand a failed test.</summary>
    private async Task<string> LastWords()
    {
        var words = await Try(
            """
            echo "--- kennel status"; timeout 20 kennel status
            echo "--- kennel plan"; timeout 20 kennel plan
            echo "--- kennel builds"; timeout 20 kennel builds
            echo "--- units"; systemctl list-units --all --plain --no-legend 'kennel*' 'nix*' 'caddy*'
            echo "--- journal of kennel"; journalctl --unit kennel --lines 100 --no-pager --output short-precise
            echo "--- journal of caddy"; journalctl --unit caddy --lines 10 --no-pager --output cat | cut -c1-400
            """
        );
        return $"What host {Name} says:\n{words.Output}{words.Error}";
    }

    private static Task<Ended> TestHostCommand(string[] arguments, TimeSpan limit) =>
        ChildProcess.Run(Checkout.Path("scripts", "testhost"), arguments, limit);

    /// <summary>Reads an answer of the daemon.</summary>
    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Json.Compact)
        ?? throw new XunitException($"null where {typeof(T)} was expected");
}

/// <summary>What a page said.</summary>
internal sealed record Answer(int Status, string Body);

/// <summary>What is special about a host.</summary>
internal sealed record HostOptions
{
    /// <summary>/nix and /var/lib/kennel together on a file system of this size.</summary>
    public string? DiskSize { get; init; }

    /// <summary>Files to write before Kennel is installed, by path.</summary>
    public IReadOnlyList<(string Path, string Text)> Files { get; init; } = [];

    /// <summary>Kennel's configuration.</summary>
    public string Configuration { get; init; } =
        """
            {
              "domains": { "ephemeral": "kennel.localhost" },
              "caddy": { "adminUrl": "unix//run/caddy-admin/admin.sock", "port": 80 },
              "git": { "allowedProtocols": ["file"] },
              "releases": { "readyDeadlineSeconds": 8, "stayUpSeconds": 1, "drainSeconds": 2 },
              "ports": { "coolingSeconds": 1 }
            }
            """;
}
