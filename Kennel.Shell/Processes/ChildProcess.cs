using System.ComponentModel;
using System.Diagnostics;
using Medallion.Shell;

namespace Kennel.Shell.Processes;

/// <summary>A program to run: no shell, no standard input, and no environment but the one that is given.</summary>
/// <param name="Program">Its name or absolute path.</param>
/// <param name="Arguments">Its arguments, each passed on as it is.</param>
/// <param name="Directory">Where it runs.</param>
/// <param name="Environment">All of its environment.</param>
/// <param name="Timeout">How long it may take.</param>
public sealed record ChildCommand(
    string Program,
    Seq<string> Arguments,
    string Directory,
    Map<string, string> Environment,
    TimeSpan Timeout
)
{
    /// <summary>How much of its output is kept; what follows is read and dropped.</summary>
    public int OutputBytesMax { get; init; } = 2 << 20;

    /// <summary>Is told each line of its standard error.</summary>
    public Action<string> OnErrorLine { get; init; } = _ => { };
}

/// <summary>How a program ended.</summary>
public abstract record ChildEnd
{
    private ChildEnd() { }

    /// <summary>By itself or by a signal, which shows as 128 and the signal's number.</summary>
    /// <param name="Status">Its exit status.</param>
    /// <param name="Output">Its standard output.</param>
    /// <param name="LastErrorLines">The last lines of its standard error.</param>
    /// <param name="IsOutputComplete">Whether that is all of its standard output, and not cut off.</param>
    public sealed record Exited(int Status, string Output, Seq<string> LastErrorLines, bool IsOutputComplete)
        : ChildEnd;

    /// <summary>It was killed because it took too long.</summary>
    public sealed record TimedOut(TimeSpan Limit) : ChildEnd;

    /// <summary>It could not be started.</summary>
    public sealed record NotStarted(string Reason) : ChildEnd;
}

/// <summary>Runs programs, with a time-out on each and all of their descendants killed at its end.</summary>
public static class ChildProcess
{
    private const int ErrorLinesKept = 60;
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program to its end; a cancelled one is killed first.</summary>
    public static async Task<ChildEnd> Run(ChildCommand command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var errors = new Queue<string>();
        using var output = new CaptureStream(command.OutputBytesMax);
        using var errorLines = new LineStream(line =>
        {
            Keep(errors, line);
            command.OnErrorLine(line);
        });
        Command started;
        try
        {
            started = Start(command);
        }
        catch (Win32Exception error)
        {
            return new ChildEnd.NotStarted($"{command.Program}: {error.Message}");
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(command.Timeout);
        var outputPipe = started.StandardOutput.PipeToAsync(output, leaveStreamOpen: true);
        var errorPipe = started.StandardError.PipeToAsync(errorLines, leaveStreamOpen: true);
        try
        {
            await started.Process.WaitForExitAsync(limit.Token);
            await Settle(Task.WhenAll(outputPipe, errorPipe), errorLines);
            var isComplete = outputPipe.IsCompletedSuccessfully && !output.IsCut;
            return new ChildEnd.Exited(started.Process.ExitCode, output.Text, errors.ToSeq().Strict(), isComplete);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ChildEnd.TimedOut(command.Timeout);
        }
        finally
        {
            KillTree(started.Process);
        }
    }

    private static Command Start(ChildCommand command)
    {
        var started = Command.Run(
            command.Program,
            command.Arguments,
            options =>
                options
                    .DisposeOnExit(false)
                    .WorkingDirectory(command.Directory)
                    .StartInfo(info =>
                    {
                        info.Environment.Clear();
                        foreach (var (name, value) in command.Environment.Pairs.Map(pair => (pair.Key, pair.Value)))
                            info.Environment[name] = value;
                    })
        );
        started.StandardInput.Close();
        return started;
    }

    // A descendant that outlives its parent can hold the pipes open; it is not waited for.
    private static async Task Settle(Task pipes, LineStream errors)
    {
        await Task.WhenAny(pipes, Task.Delay(PipeGrace));
        errors.Flush();
    }

    private static void Keep(Queue<string> lines, string line)
    {
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > ErrorLinesKept)
                lines.Dequeue();
        }
    }

    private static void KillTree(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended between the question and the kill.
        }
        catch (AggregateException)
        {
            // Some descendant ended, or is not ours to kill.
        }
    }
}
