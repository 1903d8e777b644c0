using System.Diagnostics;
using System.Text;
using Kennel.Core.Domain;

namespace Kennel.Tests.Git;

/// <summary>A real bare repository, and a working copy that pushes to it.</summary>
internal sealed class Repository : IDisposable
{
    public Repository()
    {
        Run(Root, "init", "--quiet", "--bare", "--initial-branch=main", Bare);
        Run(Root, "init", "--quiet", "--initial-branch=main", Work);
        Run(Work, "remote", "add", "origin", Bare);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("kennel-git-").FullName;

    public string Bare => $"{Root}/bare.git";

    public string Mirrors => $"{Root}/mirrors";

    private string Work => $"{Root}/work";

    /// <summary>Commits a file on a branch and pushes it.</summary>
    public CommitId Push(string branch, string content)
    {
        Run(Work, "checkout", "--quiet", "-B", branch);
        File.WriteAllText($"{Work}/file", content);
        Run(Work, "add", "--all");
        Run(Work, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--allow-empty", "-m", content);
        Run(Work, "push", "--quiet", "--force", "origin", $"HEAD:refs/heads/{branch}");
        return Head();
    }

    /// <summary>Goes back to an older commit, so that the next push is a forced one.</summary>
    public void GoBackTo(CommitId commit) => Run(Work, "reset", "--quiet", "--hard", commit.Value);

    /// <summary>Pushes the current commit under any reference.</summary>
    public void PushAs(string reference) => Run(Work, "push", "--quiet", "--force", "origin", $"HEAD:{reference}");

    /// <summary>Makes a reference in the bare repository whose name may be no text.</summary>
    public void AddReference(ReadOnlySpan<byte> reference, CommitId commit)
    {
        using var packed = new FileStream($"{Bare}/packed-refs", FileMode.Append);
        packed.Write([.. Encoding.ASCII.GetBytes(commit.Value), (byte)' ', .. reference, (byte)'\n']);
    }

    /// <summary>Makes the working copy forget a branch.</summary>
    public void LeaveBranch(string branch)
    {
        Run(Work, "checkout", "--quiet", "--detach");
        Run(Work, "branch", "--quiet", "-D", branch);
    }

    public void Delete(string branch) => Run(Work, "push", "--quiet", "origin", $":refs/heads/{branch}");

    public CommitId Head() =>
        CommitId
            .Parse("test", Run(Work, "rev-parse", "HEAD").Trim())
            .Match(commit => commit, _ => throw new InvalidOperationException());

    public static string Run(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(errors.Result);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
