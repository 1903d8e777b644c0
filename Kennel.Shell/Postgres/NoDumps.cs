using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Postgres;

/// <summary>Where no dumps are kept: nothing is known of them.</summary>
internal sealed class NoDumps : IDumps
{
    private static readonly Task<Effect> NotThere = Task.FromResult(
        Effect.Unreachable("database dumps", "nobody told where they are")
    );

    public Task<Observation<Map<DumpName, DumpState>>> Dumps(CancellationToken cancellation) =>
        Task.FromResult(Observation.Unknown<Map<DumpName, DumpState>>("nobody told where they are"));

    public Task<Effect> StartDump(Action.StartDump action, CancellationToken cancellation) => NotThere;

    public Task<Effect> RemoveDump(Action.RemoveDump action, CancellationToken cancellation) => NotThere;
}
