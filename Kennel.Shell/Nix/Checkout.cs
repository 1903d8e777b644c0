using Kennel.Core.Domain;
using Kennel.Shell.Processes;

namespace Kennel.Shell.Nix;

/// <summary>
/// Puts a commit's files into a repository of the unit's own, which borrows the mirror's objects: nothing is copied
/// twice, and Nix sees a repository that its user owns.
/// </summary>
internal sealed class Checkout(BuildStepOptions options, BuildTools tools)
{
    private const int Sha256Length = 64;

    /// <summary>Checks the commit out.</summary>
    public async Task<Either<Cause, Unit>> Run(CancellationToken cancellation)
    {
        var format = options.Commit.Value.Length == Sha256Length ? "sha256" : "sha1";
        var made = await Git(cancellation, "init", "--quiet", "--template=", $"--object-format={format}", ".");
        if (!IsGood(made))
            return Left<Cause, Unit>(Failed(made));
        var information = $"{tools.Source}/.git/objects/info";
        Directory.CreateDirectory(information);
        await File.WriteAllTextAsync($"{information}/alternates", $"{options.Mirror}/objects\n", cancellation);
        var found = await Git(cancellation, "cat-file", "-e", $"{options.Commit}^{{commit}}");
        if (!IsGood(found))
            return Left<Cause, Unit>(new Cause.NoSuchCommit(options.Commit.Value));
        var checkedOut = await Git(cancellation, "checkout", "--quiet", "--detach", options.Commit.Value);
        return IsGood(checkedOut) ? Right<Cause, Unit>(unit) : Left<Cause, Unit>(Failed(checkedOut));
    }

    private Task<ChildEnd> Git(CancellationToken cancellation, params string[] arguments) =>
        tools.Run(
            "checkout",
            isQuiet: false,
            "git",
            Joined(
                Seq("-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never", "-c", "advice.detachedHead=false"),
                arguments.ToSeq()
            ),
            cancellation
        );

    private static bool IsGood(ChildEnd end) => end is ChildEnd.Exited { Status: 0 };

    private Cause Failed(ChildEnd end) =>
        BuildTools.Explain(end, options.TimeSeconds) is Cause.EvaluationFailed it
            ? new Cause.CloneFailed(it.Detail)
            : BuildTools.Explain(end, options.TimeSeconds);
}
