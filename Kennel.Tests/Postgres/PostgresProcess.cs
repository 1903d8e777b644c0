using System.Diagnostics;
using Kennel.Shell.Postgres;

namespace Kennel.Tests.Postgres;

/// <summary>A real PostgreSQL of one test, on a socket of its own, which believes whoever says that he is <c>kennel</c>.</summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    private const string User = "nobody";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("postgres");
    private Process? _process;

    private PostgresProcess() => Client = Connect("kennel");

    /// <summary>The client under test.</summary>
    public PostgresClient Client { get; }

    /// <summary>Is released whenever a client sees it again.</summary>
    public SemaphoreSlim Returned { get; } = new(0);

    /// <summary>Where its socket is.</summary>
    public string Socket => _directory.FullName;

    /// <summary>Starts one in which Kennel has the rights that the manual asks for.</summary>
    public static async Task<PostgresProcess> Start(bool withRights = true)
    {
        var server = new PostgresProcess();
        await Run("chown", User, server.Socket);
        await Run("chmod", "0755", server.Socket);
        await server.As(User, "initdb", "-D", server.Data, "-U", "postgres", "--auth=trust", "-N", "--locale=C.UTF-8");
        await server.StartAgain();
        await server.Say("CREATE ROLE kennel LOGIN");
        if (withRights)
        {
            await server.Say("ALTER ROLE kennel CREATEDB CREATEROLE");
            await server.Say("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC");
            await server.Say("GRANT CONNECT ON DATABASE postgres TO kennel");
        }
        return server;
    }

    /// <summary>Another client, as this role.</summary>
    public PostgresClient Connect(string role) =>
        new(new PostgresOptions(Socket, role), TimeProvider.System, () => Returned.Release());

    /// <summary>Starts it after it was stopped.</summary>
    public async Task StartAgain()
    {
        _process = Process.Start(
            new ProcessStartInfo(
                "setpriv",
                [
                    $"--reuid={User}",
                    "--clear-groups",
                    Program("postgres"),
                    "-D",
                    Data,
                    "-k",
                    Socket,
                    "-c",
                    "listen_addresses=",
                    "-c",
                    "fsync=off",
                    "-c",
                    "max_prepared_transactions=5",
                    "-c",
                    "wal_level=logical",
                ]
            )
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        var until = DateTime.UtcNow + StartLimit;
        while (!await IsUp())
        {
            if (DateTime.UtcNow > until)
                throw new InvalidOperationException("PostgreSQL does not come up");
            await Task.Delay(50);
        }
    }

    /// <summary>Stops it at once, as a failure would.</summary>
    public async Task Stop()
    {
        if (_process is { HasExited: false } process)
        {
            // SIGQUIT: it ends its children, too.
            await Run("kill", "-QUIT", $"{process.Id}");
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Holds it, so that it answers nobody; or lets it go on.</summary>
    public Task Hold(bool isHeld) => Run("kill", isHeld ? "-STOP" : "-CONT", $"{_process!.Id}");

    /// <summary>Says something as its superuser; the answer, one row a line.</summary>
    public Task<string> Say(string sql, string database = "postgres", string role = "postgres") =>
        Run(Program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", Socket, "-U", role, "-d", database, "-c", sql);

    /// <summary>How many rows a table has once a dump is restored elsewhere.</summary>
    public async Task<string> Restored(string dump, string table)
    {
        await Say("CREATE DATABASE restored");
        await Run(Program("pg_restore"), "-h", Socket, "-U", "postgres", "--no-owner", "-d", "restored", dump);
        return await Say($"SELECT count(*) FROM {table}", "restored");
    }

    /// <summary>Restores a dump as a unit would: this command, as this role, with the dump as its standard input.</summary>
    public Task<string> Restore(string dump, IEnumerable<string> command, string role) =>
        Run("sh", ["-c", $"exec {Program("pg_restore")} \"$@\" <'{dump}'", .. command, $"--username={role}"]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Stop();
        _process?.Dispose();
        Returned.Dispose();
        _directory.Delete(recursive: true);
    }

    private string Data => Path.Combine(_directory.FullName, "data");

    private static string Program(string name) => Path.Combine(PostgresFactAttribute.Programs, name);

    private async Task<bool> IsUp()
    {
        try
        {
            await Say("SELECT 1");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private Task<string> As(string user, string program, params string[] arguments) =>
        Run("setpriv", [$"--reuid={user}", "--clear-groups", Program(program), .. arguments]);

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                WorkingDirectory = "/",
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}");
    }
}
