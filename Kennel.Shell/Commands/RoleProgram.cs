using System.ComponentModel;
using System.Diagnostics;
using Kennel.Core.Views;

namespace Kennel.Shell.Commands;

/// <summary>
/// A program that systemd runs as a branch's own user, which PostgreSQL knows: what is in its database can do no more than
/// the application can. Whoever may not ask systemd for that is refused by it.
/// </summary>
/// <param name="Arguments">The arguments of <c>systemd-run</c>.</param>
public sealed record RoleProgram(Seq<string> Arguments)
{
    private const string Runner = "systemd-run";
    private const int CannotBeStarted = 127;

    /// <summary>psql in the database of a branch.</summary>
    /// <param name="view">The database.</param>
    /// <param name="isTerminal">Whether a person types.</param>
    public static RoleProgram Shell(DatabaseView view, bool isTerminal) =>
        Of(view, isTerminal, "psql", "--no-password", Host(view), Name(view));

    /// <summary>Puts a dump, which comes over standard input, in the place of what the database has: all of it or nothing.</summary>
    public static RoleProgram Restore(DatabaseView view) =>
        Of(
            view,
            isTerminal: false,
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-acl",
            "--single-transaction",
            "--exit-on-error",
            "--no-password",
            Host(view),
            Name(view)
        );

    /// <summary>Runs it on this command's own streams, or with a file as its standard input; gives its exit status.</summary>
    public async Task<Either<string, int>> Run(LanguageExt.Option<string> input, CancellationToken cancellation)
    {
        try
        {
            await using var file = input.MatchUnsafe<FileStream?>(File.OpenRead, () => null);
            using var process = Process.Start(
                new ProcessStartInfo(Runner, Arguments)
                {
                    UseShellExecute = false,
                    RedirectStandardInput = file is not null,
                }
            );
            if (process is null)
                return CannotBeStarted;
            if (file is not null)
                await Feed(file, process, cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode;
        }
        catch (Exception error) when (error is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    // A program that ends early says itself why.
    private static async Task Feed(FileStream file, Process process, CancellationToken cancellation)
    {
        try
        {
            await file.CopyToAsync(process.StandardInput.BaseStream, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException) when (file.CanRead)
        {
            // It reads no more.
        }
    }

    private static RoleProgram Of(DatabaseView view, bool isTerminal, string program, params string[] arguments) =>
        new(
            Joined(
                Seq(
                    isTerminal ? "--pty" : "--pipe",
                    "--wait",
                    "--quiet",
                    "--collect",
                    $"--property=User={view.Role}",
                    "--property=DynamicUser=yes",
                    "--property=PrivateNetwork=yes",
                    "--",
                    program
                ),
                arguments.ToSeq()
            )
        );

    private static string Host(DatabaseView view) => $"--host={view.SocketDirectory}";

    private static string Name(DatabaseView view) => $"--dbname={view.Database}";
}
