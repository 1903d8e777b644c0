using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Secrets;
using Kennel.Shell.Git;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.OpenBao;

/// <summary>
/// The host's secret store, and the files in memory that carry what it has to units. Without a store every secret is
/// absent; what is declared with a default, or need not be there, works all the same.
/// </summary>
internal sealed class SecretStore : ISecrets, IAsyncDisposable
{
    private const string Name = nameof(OpenBao);

    private readonly Option<OpenBaoClient> client;
    private readonly SecretMemory memory;
    private readonly BackgroundWork<BuildId, SecretReading> work;

    /// <summary>A store that is asked when something is needed of it.</summary>
    /// <param name="options">How to reach it, if there is one.</param>
    /// <param name="memory">Where secrets are put for units.</param>
    /// <param name="clock">Dates failures.</param>
    /// <param name="wake">Called when something was read.</param>
    public SecretStore(Option<StoreOptions> options, SecretMemory memory, TimeProvider clock, System.Action wake)
    {
        client = options.Map(it => new OpenBaoClient(it, clock));
        this.memory = memory;
        work = new BackgroundWork<BuildId, SecretReading>(
            new SecretReading.Running(),
            (cause, before) =>
                new SecretReading.Failed(
                    cause,
                    clock.GetUtcNow(),
                    before.Map(reading => reading.FailuresInARow).IfNone(0) + 1
                ),
            wake
        );
    }

    /// <inheritdoc/>
    public Map<BuildId, SecretReading> Readings(Set<BuildId> builds) => work.Of(builds);

    /// <inheritdoc/>
    public Task<Effect> StartReading(Action.StartReadingSecrets action, CancellationToken cancellation)
    {
        work.Start(action.Build, ending => Read(action.Plan, ending));
        return Task.FromResult(Effect.Happened);
    }

    /// <summary>What the store has for a plan now.</summary>
    public async Task<Either<Cause, SecretReading>> Read(SecretPlan plan, CancellationToken cancellation)
    {
        var answers = await Ask(toMap(plan.Addresses.Map(address => (address, Option<int>.None))), cancellation);
        return answers.Map(it =>
            plan.Resolve(it)
                .Match<SecretReading>(
                    _ => new SecretReading.Read(ReleaseSecrets.Of(plan, it)),
                    faults => new SecretReading.Wanting(plan, faults.Strict())
                )
        );
    }

    /// <inheritdoc/>
    public Task<Observation<Set<UnitName>>> Files(CancellationToken cancellation) => Task.FromResult(memory.Units());

    /// <inheritdoc/>
    public async Task<Effect> Write(Action.WriteSecrets action, CancellationToken cancellation)
    {
        var answers = await Ask(action.Secrets.Questions, cancellation);
        return answers.Match(
            Right: it =>
                action
                    .Secrets.Resolve(it)
                    .Match(
                        secrets => memory.Put(action.Unit, secrets),
                        faults => Effect.Refused(Name, string.Join("; ", faults.Map(fault => fault.Describe())))
                    ),
            Left: cause => new Effect.Failed(cause)
        );
    }

    /// <inheritdoc/>
    public Task<Effect> Remove(Action.RemoveSecrets action, CancellationToken cancellation) =>
        Task.FromResult(memory.Remove(action.Unit));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await work.DisposeAsync();
        client.Iter(it => it.Dispose());
    }

    private async Task<Either<Cause, Map<SecretAddress, SecretAnswer>>> Ask(
        Map<SecretAddress, Option<int>> questions,
        CancellationToken cancellation
    ) =>
        questions.IsEmpty
            ? Map<SecretAddress, SecretAnswer>()
            : await client.Match(
                async it =>
                    (await it.Read(questions, cancellation)).MapLeft<Cause>(problem => new Cause.Unreachable(
                        Name,
                        problem.Describe()
                    )),
                () =>
                    Task.FromResult(Right<Cause, Map<SecretAddress, SecretAnswer>>(Map<SecretAddress, SecretAnswer>()))
            );
}
