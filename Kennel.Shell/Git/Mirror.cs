using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;
using Kennel.Shell.Processes;

namespace Kennel.Shell.Git;

/// <summary>
/// The bare mirror of one repository. It holds what builds asked for and never loses it: a build borrows its objects.
/// Damage by a crash is found when git stumbles over it, and mended by fetching all anew.
/// </summary>
internal sealed partial class Mirror(GitProgram git, string path)
{
    private const int MessageBytesMax = 8 << 10;

    /// <summary>Fetches a reference and finds the commit to build.</summary>
    /// <param name="url">Where from.</param>
    /// <param name="reference">The reference there.</param>
    /// <param name="requested">The commit asked for, which must be in the reference's history.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Either<Cause, CommitId>> Fetch(
        string url,
        Branch reference,
        Option<CommitId> requested,
        CancellationToken cancellation
    )
    {
        if (!Directory.Exists(path))
            await Make("sha1", cancellation);
        RemoveStaleLocks();
        var first = await Attempt(url, reference, requested, cancellation);
        if (first.Damage is not ({ } format))
            return first.Result;
        await Make(format, cancellation);
        return (await Attempt(url, reference, requested, cancellation)).Result;
    }

    /// <summary>What the author of a commit wrote, cut short; nothing where git cannot tell.</summary>
    public async Task<string> Message(CommitId commit, CancellationToken cancellation)
    {
        var shown = await git.Run(path, MessageBytesMax, cancellation, "show", "-s", "--format=%B", commit.Value);
        return shown is ChildEnd.Exited { Status: 0 } it ? it.Output.Trim() : "";
    }

    private async Task<(Either<Cause, CommitId> Result, string? Damage)> Attempt(
        string url,
        Branch reference,
        Option<CommitId> requested,
        CancellationToken cancellation
    )
    {
        var held = Held(reference);
        var fetched = await git.Run(
            path,
            cancellation,
            "fetch",
            "--quiet",
            "--force",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            "--no-auto-maintenance",
            "--",
            url,
            $"+{reference.Reference}:{held}"
        );
        if (!IsGood(fetched))
            return (Left<Cause, CommitId>(CauseOf(fetched, reference)), await Damage(fetched, cancellation));
        var head = await git.Run(path, cancellation, "rev-parse", "--verify", "--quiet", $"{held}^{{commit}}");
        var commit = head is ChildEnd.Exited { Status: 0 } it
            ? CommitId.Parse("git rev-parse", it.Output.Trim()).ToOption()
            : None;
        return await commit.MatchAsync(
            async found => (await Choose(found, requested, cancellation), (string?)null),
            () => (Left<Cause, CommitId>(new Cause.CloneFailed(GitProgram.Explain(head))), "sha1")
        );
    }

    private async Task<Either<Cause, CommitId>> Choose(
        CommitId head,
        Option<CommitId> requested,
        CancellationToken cancellation
    )
    {
        var commit = requested.IfNone(head);
        if (commit == head)
            return Right<Cause, CommitId>(head);
        var contained = await git.Run(path, cancellation, "merge-base", "--is-ancestor", commit.Value, head.Value);
        return IsGood(contained)
            ? Right<Cause, CommitId>(commit)
            : Left<Cause, CommitId>(new Cause.NoSuchCommit(commit.Value));
    }

    // A branch may be called like the directory of an older one; their hashes never stand in each other's way.
    private static string Held(Branch reference)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(reference.Reference));
        return $"refs/kennel/{Convert.ToHexStringLower(hash)[..40]}";
    }

    private static Cause CauseOf(ChildEnd end, Branch reference) =>
        Lines(end).Exists(line => line.Contains("couldn't find remote ref", StringComparison.Ordinal))
            ? new Cause.NoSuchBranch(reference.Reference)
            : new Cause.CloneFailed(GitProgram.Explain(end));

    /// <summary>The object format to make the mirror anew in, if the mirror itself is why git failed.</summary>
    private async Task<string?> Damage(ChildEnd failed, CancellationToken cancellation)
    {
        var lines = Lines(failed).Filter(line => !line.StartsWith("remote:", StringComparison.Ordinal)).Strict();
        if (lines.Exists(line => line.Contains("mismatched algorithms", StringComparison.Ordinal)))
            return lines.Exists(line => line.Contains("server sha256", StringComparison.Ordinal)) ? "sha256" : "sha1";
        if (lines.Exists(line => DamagePattern().IsMatch(line)))
            return "sha1";
        var looked = await git.Run(path, cancellation, "rev-parse", "--is-bare-repository");
        return looked is ChildEnd.Exited { Status: 0 } it && it.Output.Trim() == "true" ? null : "sha1";
    }

    // Made beside its place and renamed, so that a half-made one is never taken for a mirror.
    private async Task Make(string format, CancellationToken cancellation)
    {
        var beside = $"{path}.new";
        Remove(beside);
        var parent = Path.GetDirectoryName(path)!;
        var made = await git.Run(
            parent,
            cancellation,
            "init",
            "--quiet",
            "--bare",
            "--template=",
            $"--object-format={format}",
            beside
        );
        if (!IsGood(made))
            throw new IOException($"{path} could not be made: {GitProgram.Explain(made)}");
        Remove(path);
        Directory.Move(beside, path);
    }

    // Only Kennel writes here, and only one fetch at a time: a lock found before it begins belongs to nobody.
    private void RemoveStaleLocks()
    {
        foreach (var file in Directory.EnumerateFiles(path, "*.lock", SearchOption.TopDirectoryOnly))
            File.Delete(file);
        foreach (var directory in Seq($"{path}/refs", $"{path}/objects/info").Filter(Directory.Exists))
        foreach (var file in Directory.EnumerateFiles(directory, "*.lock", SearchOption.AllDirectories))
            File.Delete(file);
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    private static Seq<string> Lines(ChildEnd end) => end is ChildEnd.Exited it ? it.LastErrorLines : Seq<string>();

    private static bool IsGood(ChildEnd end) => end is ChildEnd.Exited { Status: 0 };

    [GeneratedRegex(
        "not a git repository|corrupt|bad object|bad tree|missing (blob|tree|commit)|unable to read|cannot lock ref|"
            + "did not send all necessary objects|unresolved delta|invalid (sha1|object)|index file .* is|bad config"
    )]
    private static partial Regex DamagePattern();
}
