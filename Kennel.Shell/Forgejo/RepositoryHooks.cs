using Kennel.Core.Forge;

namespace Kennel.Shell.Forgejo;

/// <summary>What was done about a webhook.</summary>
internal abstract record HookOutcome
{
    private HookOutcome() { }

    /// <summary>There was none, and it was made.</summary>
    public sealed record Made : HookOutcome;

    /// <summary>It was made, and what delivered to the same address before was deleted.</summary>
    public sealed record Replaced : HookOutcome;

    /// <summary>There was one as it should be.</summary>
    public sealed record Kept : HookOutcome;

    /// <summary>It was deleted.</summary>
    public sealed record Removed : HookOutcome;

    /// <summary>There was none to delete.</summary>
    public sealed record Absent : HookOutcome;
}

/// <summary>The webhooks of one repository that deliver to Kennel: those with its address, and no others.</summary>
/// <param name="client">Forgejo.</param>
/// <param name="repository">The repository.</param>
/// <param name="target">The address.</param>
internal sealed class RepositoryHooks(ForgejoClient client, RepositoryAddress repository, string target)
{
    /// <summary>
    /// Sees to it that there is exactly one as it should be. A secret can be neither seen nor changed: where it may
    /// have changed, a webhook is not kept. The new one comes before the old one goes, so that nothing is missed.
    /// </summary>
    public async Task<Either<string, HookOutcome>> Ensure(
        string secret,
        bool isSecretKnown,
        CancellationToken cancellation
    ) =>
        await (await Own(cancellation)).Match(
            async own =>
            {
                var kept = isSecretKnown ? own.Find(hook => hook.IsAsWanted) : None;
                var surplus = own.Filter(hook => kept.ForAll(it => it.Id != hook.Id)).Strict();
                var made = kept.IsSome
                    ? Right<string, long>(0)
                    : await client.Make(repository, target, secret, cancellation);
                return await made.Match(
                    async _ => (await Delete(surplus, cancellation)).Map(_ => Outcome(kept.IsSome, surplus.IsEmpty)),
                    error => Task.FromResult(Left<string, HookOutcome>(error))
                );
            },
            error => Task.FromResult(Left<string, HookOutcome>(error))
        );

    /// <summary>Deletes what delivers there.</summary>
    public async Task<Either<string, HookOutcome>> Remove(CancellationToken cancellation) =>
        await (await Own(cancellation)).Match(
            async own =>
                (await Delete(own, cancellation)).Map(_ =>
                    own.IsEmpty ? new HookOutcome.Absent() : (HookOutcome)new HookOutcome.Removed()
                ),
            error => Task.FromResult(Left<string, HookOutcome>(error))
        );

    private static HookOutcome Outcome(bool isKept, bool isFirst) =>
        isKept ? new HookOutcome.Kept()
        : isFirst ? new HookOutcome.Made()
        : new HookOutcome.Replaced();

    private async Task<Either<string, Seq<Hook>>> Own(CancellationToken cancellation) =>
        (await client.Hooks(repository, cancellation)).Map(hooks =>
            hooks.Filter(hook => hook.Target == target).Strict()
        );

    private async Task<Either<string, LanguageExt.Unit>> Delete(Seq<Hook> hooks, CancellationToken cancellation)
    {
        foreach (var hook in hooks)
        {
            var deleted = await client.Delete(repository, hook.Id, cancellation);
            if (deleted.IsLeft)
                return deleted.MapLeft(error => $"webhook {hook.Id} could not be deleted: {error}");
        }
        return unit;
    }
}
