using System.Diagnostics;
using Kennel.Core.Domain;
using Kennel.Core.Units;
using Kennel.Shell.Garage;
using Kennel.Shell.Reconcile;
using Kennel.Shell.Store;
using Kennel.Shell.Valkey;

namespace Kennel.Tests.Valkey;

/// <summary>A real Valkey of one test, on a socket of its own.</summary>
internal sealed class ValkeyProcess : IAsyncDisposable
{
    private const string Password = "the administrator's";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("valkey");
    private readonly bool _withPassword;
    private Process? _process;

    private ValkeyProcess(bool withPassword)
    {
        _withPassword = withPassword;
        File.WriteAllText(PasswordFile, Password + "\n");
        Keys = new HostKeyFile(Path.Combine(_directory.FullName, "key"));
        Client = Connect(Options);
        Secrets = new ResourceSecrets(
            Client,
            Socket,
            new GarageClient(new GarageOptions("http://localhost", None, "http://localhost", ""), TimeProvider.System)
        );
    }

    /// <summary>The client under test.</summary>
    public ValkeyClient Client { get; }

    /// <summary>What gives services their addresses.</summary>
    public ResourceSecrets Secrets { get; }

    public HostKeyFile Keys { get; }

    public string Socket => Path.Combine(_directory.FullName, "valkey.sock");

    /// <summary>How it is reached.</summary>
    public ValkeyOptions Options =>
        new(Socket, "default", _withPassword ? PasswordFile : None) { Program = Program("valkey-cli") };

    private string PasswordFile => Path.Combine(_directory.FullName, "password");

    public static async Task<ValkeyProcess> Start(bool withPassword = true)
    {
        var server = new ValkeyProcess(withPassword);
        await server.StartAgain();
        return server;
    }

    public ValkeyClient Connect(ValkeyOptions options) => new(options, Keys, TimeProvider.System);

    /// <summary>Starts it after it was stopped.</summary>
    public async Task StartAgain()
    {
        _process = Process.Start(
            new ProcessStartInfo(
                Program("valkey-server"),
                [
                    "--port",
                    "0",
                    "--unixsocket",
                    Socket,
                    "--unixsocketperm",
                    "777",
                    "--dir",
                    _directory.FullName,
                    .. _withPassword ? ["--requirepass", Password] : System.Array.Empty<string>(),
                ]
            )
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        var until = DateTime.UtcNow + StartLimit;
        while (!File.Exists(Socket) || !(await Say("PING")).EndsWith("PONG", StringComparison.Ordinal))
        {
            if (DateTime.UtcNow > until)
                throw new InvalidOperationException("Valkey does not come up");
            await Task.Delay(50);
        }
    }

    /// <summary>Stops it; what it holds is on its disk then.</summary>
    public async Task Stop()
    {
        if (_process is { HasExited: false } process)
        {
            await Say("SHUTDOWN", "SAVE");
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Holds it, so that it answers nobody; or lets it go on.</summary>
    public async Task Hold(bool isHeld)
    {
        using var kill = Process.Start("kill", [isHeld ? "-STOP" : "-CONT", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Says something as its administrator; the answer or the error.</summary>
    public Task<string> Say(params string[] words) => Say("default", Password, words);

    /// <summary>Says something without a password.</summary>
    public Task<string> SayWithout(params string[] words) => Say("", "", words);

    /// <summary>Says something as the service of a branch, who selects his database first.</summary>
    public async Task<string> SayAs(CacheUser user, CacheNumber database, params string[] words)
    {
        var address = new Uri(await AddressOf(user, database));
        return await Say(user.Value, address.UserInfo.Split(':')[1], ["-n", address.Query["?db=".Length..], .. words]);
    }

    /// <summary>The address that a service is given.</summary>
    public async Task<string> AddressOf(CacheUser user, CacheNumber database) =>
        (await Secrets.Value(new ResourceSecret.CacheAddress(user, database), CancellationToken.None)).Match(
            value => value.RevealText().IfNone(""),
            cause => throw new InvalidOperationException(cause.Describe().Sentence)
        );

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop();
        _process?.Dispose();
        _directory.Delete(recursive: true);
    }

    private static string Program(string name) => Path.Combine(ValkeyFactAttribute.Programs, name);

    private async Task<string> Say(string user, string password, string[] words)
    {
        string[] login = user.Length > 0 && (_withPassword || user != "default") ? ["--user", user] : [];
        using var process = Process.Start(
            new ProcessStartInfo(Program("valkey-cli"), ["-e", "-s", Socket, .. login, .. words])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                Environment = { ["REDISCLI_AUTH"] = login.Length > 0 ? password : null },
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (await output + error).Trim();
    }
}
