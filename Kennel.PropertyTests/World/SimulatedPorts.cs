using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Routing;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>The service manager of the simulated host.</summary>
public sealed class SimulatedSystemd(SimulatedHost host) : ISystemd
{
    public Task<Observation<Map<UnitName, ObservedUnit>>> ListUnits(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains("systemd")
                ? Observation.Unknown<Map<UnitName, ObservedUnit>>("simulated")
                : Observation.Known(toMap(host.Units.Values.Select(unit => (unit.Name, Observed(unit)))))
        );

    public Task<Map<UnitName, UnitDetail>> Details(Seq<UnitName> units, CancellationToken cancellation) =>
        Task.FromResult(
            toMap(units.Filter(host.Units.ContainsKey).Map(name => (name, host.Units[name].Detail(host.Now))))
        );

    public Task<Seq<string>> LastLines(UnitName unit, int linesMax, CancellationToken cancellation) =>
        Task.FromResult(Seq1($"last words of {unit}"));

    public Task<Effect> Start(Action.StartUnit action, CancellationToken cancellation)
    {
        if (host.Units.ContainsKey(action.Unit))
            return Task.FromResult(Effect.Refused("systemd", "UnitExists"));
        if (!host.Vault.HasFilesOf(action.Properties))
            return Task.FromResult(Effect.Refused("systemd", "Failed to load environment files"));
        host.Vault.Give(action.Unit, action.Properties);
        host.Start(action.Unit, action.Properties);
        return Task.FromResult(Effect.Happened);
    }

    public Task<Effect> Stop(Action.StopUnit action, CancellationToken cancellation)
    {
        if (host.Units.TryGetValue(action.Unit, out var unit) && unit.State(host.Now) != UnitState.Failed)
            unit.Stop(host.Now);
        return Task.FromResult(Effect.Happened);
    }

    public Task<Effect> Reset(Action.ResetUnit action, CancellationToken cancellation)
    {
        if (host.Units.TryGetValue(action.Unit, out var unit) && unit.State(host.Now) == UnitState.Failed)
            host.Units.Remove(action.Unit);
        return Task.FromResult(Effect.Happened);
    }

    private ObservedUnit Observed(SimulatedUnit unit) => new(unit.Name, unit.Mark, unit.State(host.Now), None);
}

/// <summary>The web server of the simulated host.</summary>
public sealed class SimulatedCaddy(SimulatedHost host) : ICaddy
{
    public Task<Observation<ObservedRouting>> Routing(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains("Caddy")
                ? Observation.Unknown<ObservedRouting>("simulated")
                : Observation.Known(new ObservedRouting(Place, Version, host.Table))
        );

    public Task<Observation<Map<Port, int>>> Connections(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains("connections")
                ? Observation.Unknown<Map<Port, int>>("simulated")
                : Observation.Known(Map<Port, int>())
        );

    public Task<Effect> Write(Action.WriteRoutes action, CancellationToken cancellation)
    {
        if (action.Place != Place || action.Version != Version)
            return Task.FromResult(Effect.Refused("Caddy", "412: it changed meanwhile"));
        host.CaddyWrites++;
        host.TableVersion++;
        if (!host.HasSubtree)
            host.CaddyVersion++;
        host.HasSubtree = true;
        host.Table = action.Table;
        return Task.FromResult(Effect.Happened);
    }

    private RoutingPlace Place =>
        host.HasSubtree
            ? new RoutingPlace.Present($"v{host.CaddyVersion}", IsCurrent: true)
            : new RoutingPlace.Missing("kennel", true, $"v{host.CaddyVersion}");

    private string Version => $"{host.TableVersion}";
}

/// <summary>The network of the simulated host.</summary>
public sealed class SimulatedNetwork(SimulatedHost host) : INetwork
{
    public static readonly Port OddPort = Port.Parse("simulated", 8080).Valid();

    public Task<Observation<Map<Port, uint>>> Listeners(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains("network")
                ? Observation.Unknown<Map<Port, uint>>("simulated")
                : Observation.Known(
                    toMap(
                        host.Units.Values.Where(unit => unit.IsReady(host.Now))
                            .SelectMany(unit => unit.Port.Map(port => (port, unit.UserId)))
                            .Concat(
                                host.Units.Values.Where(unit => unit.IsListeningElsewhere(host.Now))
                                    .Take(1)
                                    .Select(unit => (OddPort, unit.UserId))
                            )
                    )
                )
        );

    public Task<Map<UnitName, ProbeAnswer>> Probe(Seq<ProbeQuestion> questions, CancellationToken cancellation) =>
        Task.FromResult(toMap(questions.Map(question => (question.Unit, Answer(question)))));

    private ProbeAnswer Answer(ProbeQuestion question) =>
        host.Units.Values.Any(unit => unit.Port == Some(question.Port) && unit.IsReady(host.Now))
            ? new ProbeAnswer.Connected()
            : new ProbeAnswer.Silent("connection refused");
}

/// <summary>The Nix store of the simulated host.</summary>
public sealed class SimulatedNix(SimulatedHost host) : INix
{
    public Task<Observation<Map<RootName, StorePath>>> Roots(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains("roots")
                ? Observation.Unknown<Map<RootName, StorePath>>("simulated")
                : Observation.Known(host.Roots)
        );

    public CollectionState Collection => host.Collection;

    public Task<Effect> CollectGarbage(Action.CollectGarbage action, CancellationToken cancellation)
    {
        if (!host.Collection.IsRunning)
            host.BeginCollection();
        return Task.FromResult(Effect.Happened);
    }

    public Task<Effect> AddRoot(Action.AddRoot action, CancellationToken cancellation)
    {
        if (!host.StorePaths.Contains(action.Path))
            return Task.FromResult(Effect.Refused("Nix", $"{action.Path} does not exist"));
        host.Roots = host.Roots.AddOrUpdate(action.Root, action.Path);
        return Task.FromResult(Effect.Happened);
    }

    public Task<Effect> RemoveRoot(Action.RemoveRoot action, CancellationToken cancellation)
    {
        host.Roots = host.Roots.Remove(action.Root);
        return Task.FromResult(Effect.Happened);
    }
}

/// <summary>The directories of the simulated host.</summary>
public sealed class SimulatedFiles(SimulatedHost host) : IFiles
{
    public Task<Observation<BootId>> Boot(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains("directories") ? Observation.Unknown<BootId>("simulated") : Observation.Known(host.Boot)
        );

    public Task<Observation<Set<string>>> StateDirectories(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains("directories")
                ? Observation.Unknown<Set<string>>("simulated")
                : Observation.Known(host.StateDirectories)
        );

    public Task<Observation<Map<BuildId, Option<BuildResult>>>> BuildDirectories(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains("directories")
                ? Observation.Unknown<Map<BuildId, Option<BuildResult>>>("simulated")
                : Observation.Known(host.BuildDirectories)
        );

    public Task<Observation<Seq<KeptFile>>> KeptFiles(DateTimeOffset now, CancellationToken cancellation) =>
        Task.FromResult(Observation.Known(host.KeptFiles));

    public Task<Effect> RemoveFile(Action.RemoveFile action, CancellationToken cancellation)
    {
        host.KeptFiles = host.KeptFiles.Filter(file => file != action.File).Strict();
        return Task.FromResult(Effect.Happened);
    }

    public Task<Observation<Option<string>>> DomainsFile(string path, CancellationToken cancellation) =>
        Task.FromResult(Observation.Known(host.DomainsFile));

    public Task<Effect> WriteDomainsFile(Action.WriteDomainsFile action, CancellationToken cancellation)
    {
        host.DomainsFile = DomainsFilePlanner.Text(action.Domains);
        return Task.FromResult(Effect.Happened);
    }

    public Task<Observation<Seq<FreeSpace>>> FreeSpace(CancellationToken cancellation) =>
        Task.FromResult(Observation.Known(Seq1(host.Room)));

    public Task<Effect> MakeBuildDirectory(Action.MakeBuildDirectory action, CancellationToken cancellation)
    {
        host.BuildDirectories = host.BuildDirectories.AddOrUpdate(action.Build, Option<BuildResult>.None);
        return Task.FromResult(Effect.Happened);
    }

    public Task<Effect> RemoveBuildDirectory(Action.RemoveBuildDirectory action, CancellationToken cancellation)
    {
        host.BuildDirectories = host.BuildDirectories.Remove(action.Build);
        return Task.FromResult(Effect.Happened);
    }
}
