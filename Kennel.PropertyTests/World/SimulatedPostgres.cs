using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>The PostgreSQL of the simulated host.</summary>
public sealed class SimulatedPostgres(SimulatedHost host) : IPostgres
{
    public const string System = DatabasePlanner.System;

    /// <summary>In front of what is in a database and does not belong to its owner.</summary>
    public const string OthersPrefix = "others' ";

    private SimulatedDatabases Here => host.Databases;

    public Task<Observation<ObservedDatabases>> Databases(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains(System)
                ? Observation.Unknown<ObservedDatabases>("simulated")
                : Observation.Known(new ObservedDatabases(Here.Databases, Here.Roles))
        );

    public Task<Effect> CreateRole(Action.CreateRole action, CancellationToken cancellation) =>
        Change(() =>
        {
            var existing = Here.Roles.Find(action.Role);
            if (existing.IsSome)
                return When(existing.Exists(role => role.Mark == Some(action.Instance)), "the role is another's");
            Here.AddRole(new ObservedRole(action.Role, action.Instance));
            return Effect.Happened;
        });

    public Task<Effect> CreateDatabase(Action.CreateDatabase action, CancellationToken cancellation) =>
        Change(() =>
        {
            var existing = Here.Databases.Find(action.Database);
            if (existing.IsSome)
                return When(existing.Exists(it => it.Owner == action.Owner.Value), "the database is another's");
            if (!Here.Roles.ContainsKey(action.Owner))
                return Effect.Refused(System, "the role does not exist");
            Here.Create(action.Database, action.Owner.Value);
            action.Template.IfSome(template => Here.Fill(action.Database, $"{OthersPrefix}{template}"));
            return Effect.Happened;
        });

    public Task<Effect> PrepareDatabase(Action.PrepareDatabase action, CancellationToken cancellation) =>
        Change(() =>
            Here
                .Databases.Find(action.Database)
                .Filter(it => it.Owner == action.Owner.Value)
                .Match(
                    database =>
                    {
                        Here.Change(
                            database with
                            {
                                Mark = action.Instance,
                                Extensions = Set<ExtensionName>(),
                                IsOpen = true,
                                IsPublic = false,
                                Limits = action.Limits,
                            }
                        );
                        return Effect.Happened;
                    },
                    () => Effect.Refused(System, "the database is another's")
                )
        );

    public Task<Effect> AdoptObjects(Action.AdoptObjects action, CancellationToken cancellation) =>
        Change(() =>
            Here
                .Databases.Find(action.Database)
                .Filter(it => it.Owner == action.Owner.Value && it.IsOpen)
                .Match(
                    database =>
                    {
                        var content = Here.ContentOf(database);
                        if (content.StartsWith(OthersPrefix, StringComparison.Ordinal))
                            Here.Fill(action.Database, content[OthersPrefix.Length..]);
                        return Effect.Happened;
                    },
                    () => Effect.Refused(System, "the database is another's, or closed")
                )
        );

    public Task<Effect> AddExtensions(Action.AddExtensions action, CancellationToken cancellation) =>
        Change(() =>
            Here
                .Databases.Find(action.Database)
                .Filter(it => it.Owner == action.Owner.Value && it.IsOpen)
                .Match(
                    database =>
                    {
                        Here.Change(database with { Mark = action.Instance, Extensions = action.Extensions });
                        return Effect.Happened;
                    },
                    () => Effect.Refused(System, "the database is another's, or closed")
                )
        );

    public Task<Effect> DropDatabase(Action.DropDatabase action, CancellationToken cancellation) =>
        Change(() =>
            Here
                .Databases.Find(action.Database)
                .Match(
                    database =>
                    {
                        if (database.Number != action.Number || database.Owner != action.Owner)
                            return Effect.Refused(System, "the database is another one by now");
                        if (Here.Held.Contains(action.Database))
                            return Effect.Refused(System, "a prepared transaction is in the way");
                        Here.Drop(action.Database);
                        return Effect.Happened;
                    },
                    () => Effect.Happened
                )
        );

    public Task<Effect> DropRole(Action.DropRole action, CancellationToken cancellation) =>
        Change(() =>
            Here
                .Roles.Find(action.Role)
                .Match(
                    role =>
                    {
                        if (role.Mark != Some(action.Instance))
                            return Effect.Refused(System, "the role is another's");
                        if (Here.OwnsAny(action.Role))
                            return Effect.Refused(System, "some objects depend on it");
                        Here.RemoveRole(action.Role);
                        return Effect.Happened;
                    },
                    () => Effect.Happened
                )
        );

    private Task<Effect> Change(Func<Effect> change) =>
        Task.FromResult(host.Blind.Contains(System) ? Effect.Unreachable(System, "simulated") : change());

    private static Effect When(bool isSo, string otherwise) =>
        isSo ? Effect.Happened : Effect.Refused(System, otherwise);
}
