using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Postgres;

/// <summary>Where no PostgreSQL is to be asked: nothing is known of it.</summary>
internal sealed class NoPostgres : IPostgres
{
    private static readonly Task<Effect> NotThere = Task.FromResult(
        Effect.Unreachable(DatabasePlanner.System, "nobody told where it is")
    );

    public Task<Observation<ObservedDatabases>> Databases(CancellationToken cancellation) =>
        Task.FromResult(Observation.Unknown<ObservedDatabases>("nobody told where it is"));

    public Task<Effect> CreateRole(Action.CreateRole action, CancellationToken cancellation) => NotThere;

    public Task<Effect> CreateDatabase(Action.CreateDatabase action, CancellationToken cancellation) => NotThere;

    public Task<Effect> PrepareDatabase(Action.PrepareDatabase action, CancellationToken cancellation) => NotThere;

    public Task<Effect> AdoptObjects(Action.AdoptObjects action, CancellationToken cancellation) => NotThere;

    public Task<Effect> AddExtensions(Action.AddExtensions action, CancellationToken cancellation) => NotThere;

    public Task<Effect> DropDatabase(Action.DropDatabase action, CancellationToken cancellation) => NotThere;

    public Task<Effect> DropRole(Action.DropRole action, CancellationToken cancellation) => NotThere;
}
