using System.Diagnostics;

namespace Kennel.Tests.Host;

/// <summary>How a process ended and what it said.</summary>
internal sealed record Ended(string Command, int ExitStatus, string Output, string Error)
{
    /// <summary>What it printed, if it ended well; a failed test if not.</summary>
    public string Expect(int exitStatus = 0)
    {
        Assert.True(ExitStatus == exitStatus, $"expected exit status {exitStatus}\n{this}");
        return Output;
    }

    /// <inheritdoc/>
    public override string ToString() => $"$ {Command}\nexit status {ExitStatus}\n{Output}{Error}";
}

/// <summary>Runs programs with a time limit.</summary>
internal static class ChildProcess
{
    /// <summary>Runs one to its end; one that outlasts the limit is killed, and the test fails.</summary>
    public static async Task<Ended> Run(string program, IEnumerable<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var command = string.Join(' ', [Path.GetFileName(program), .. start.ArgumentList]);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(limit);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var error = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return new Ended(command, process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"Not done within {limit.TotalSeconds} s: {command}");
        }
    }
}
