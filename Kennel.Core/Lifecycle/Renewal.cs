using Kennel.Core.Domain;

namespace Kennel.Core.Lifecycle;

/// <summary>An earlier build as new releases: the same paths under digests that were never seen before, so that all of it is started anew.</summary>
/// <param name="Epoch">The branch's epoch from now on.</param>
/// <param name="Change">The releases.</param>
public sealed record Renewal(int Epoch, TargetChange Change)
{
    /// <summary>The build once more, with the lowest epoch that makes all of it new; or the cause that forbids it.</summary>
    /// <param name="input">The branch, and what was built.</param>
    /// <param name="targets">What a build is turned into.</param>
    public static Either<Cause, Renewal> Of(TargetInput input, Func<TargetInput, Either<Cause, TargetChange>> targets)
    {
        for (var epoch = input.Branch.Life.Epoch + 1; ; epoch++)
        {
            var branch = input.Branch with { Life = input.Branch.Life with { Epoch = epoch } };
            var raised = targets(input with { Branch = branch }).Map(change => new Renewal(epoch, change));
            if (raised.Match(Right: renewal => renewal.IsNew(input), Left: _ => true))
                return raised;
        }
    }

    private bool IsNew(TargetInput input) =>
        Change.Targets.ForAll(target =>
            input
                .Branch.Deployments.Filter(deployment => deployment.Component == target.Component)
                .ForAll(deployment => deployment.Releases.ForAll(release => release.Digest != target.Release.Digest))
        );
}
