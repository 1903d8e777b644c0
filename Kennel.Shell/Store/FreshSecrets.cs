using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Secrets;

namespace Kennel.Shell.Store;

/// <summary>Asks the secret store what a plan comes to now.</summary>
public delegate Task<Either<Cause, SecretReading>> ReadSecrets(SecretPlan plan, CancellationToken cancellation);

/// <summary>
/// The secrets of a build that is brought anew or back: a redeploy and a roll back read the newest, a restart keeps what
/// there was.
/// </summary>
internal static class FreshSecrets
{
    /// <summary>Without a store, nothing is there.</summary>
    internal static Task<Either<Cause, SecretReading>> WithoutStore(SecretPlan plan, CancellationToken cancellation) =>
        Task.FromResult(
            Right<Cause, SecretReading>(
                plan.Resolve(Map<SecretAddress, SecretAnswer>())
                    .Match<SecretReading>(
                        _ => new SecretReading.Read(ReleaseSecrets.Of(plan, Map<SecretAddress, SecretAnswer>())),
                        faults => new SecretReading.Wanting(plan, faults.Strict())
                    )
            )
        );

    /// <summary>What a build's releases get now.</summary>
    /// <param name="settings">The host's configuration.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="result">What was built.</param>
    /// <param name="command">What was typed, for what refuses it.</param>
    internal static Either<Refusal, Option<SecretPlan>> Plan(
        Settings settings,
        DesiredBranch branch,
        BuildResult.Built result,
        string command
    ) =>
        settings
            .SecretsOf(result, branch.Project, branch.Environment)
            .ToEither()
            .MapLeft(problems => Refused(command, new Cause.SecretsInvalid(problems.Strict())));

    /// <summary>What its releases got.</summary>
    internal static Option<ReleaseSecrets> Kept(DesiredBranch branch, BuildId build) =>
        branch
            .Deployments.Bind(deployment => deployment.Releases)
            .Filter(release => release.Build == build)
            .Map(release =>
                release.Specification is Specification.Service service ? service.Secrets : Option<ReleaseSecrets>.None
            )
            .Somes()
            .HeadOrNone();

    /// <summary>Reads what a plan comes to now.</summary>
    internal static async Task<Either<Refusal, Option<ReleaseSecrets>>> Read(
        Option<SecretPlan> wanted,
        string command,
        ReadSecrets read,
        CancellationToken cancellation
    ) =>
        await wanted.Match(
            async plan =>
                (await read(plan, cancellation))
                    .MapLeft(cause => Refused(command, cause))
                    .Bind(reading =>
                        reading switch
                        {
                            SecretReading.Read it => Right<Refusal, Option<ReleaseSecrets>>(it.Secrets),
                            SecretReading.Wanting it => Refused(command, new Cause.SecretsMissing(it.Faults)),
                            _ => throw new System.Diagnostics.UnreachableException(),
                        }
                    ),
            () => Task.FromResult(Right<Refusal, Option<ReleaseSecrets>>(None))
        );

    /// <summary>What was read, if it is what the build needs still.</summary>
    internal static Either<Refusal, Option<ReleaseSecrets>> Fitting(
        DesiredBranch branch,
        Option<SecretPlan> plan,
        Option<ReleaseSecrets> read,
        string command
    ) =>
        read.Map(it => it.Plan) == plan
            ? read
            : new Refusal(
                "changed-meanwhile",
                $"Something else of {branch.Title} is to serve since its secrets were read; nothing was changed.",
                $"Try again: {command}"
            );

    private static Refusal Refused(string command, Cause cause)
    {
        var told = cause.Describe();
        return new Refusal(told.Code, told.Sentence, $"Nothing was changed. Mend that, then: {command}");
    }
}
