using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Secrets;
using Kennel.Core.Units;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>The secret store of the simulated host with its one secret, and the memory in which values reach units.</summary>
public sealed class SimulatedVault
{
    /// <summary>A part of every value.</summary>
    public const string Canary = "canary-5d1f";

    /// <summary>What commits with secrets declare.</summary>
    public const string Declaration = """
        {"secretspec.toml":{"project":{"name":"shop"},"profiles":{"default":{"TOKEN":{},"EXTRA":{"required":false}}}}}
        """;

    private Seq<Option<string>> versions = Seq1(Some($"{Canary}-1"));

    /// <summary>The same, read.</summary>
    public static SecretSpecification Declared { get; } = SecretSpecification.Read(Declaration).Valid();

    public Map<BuildId, SecretReading> Readings { get; set; }

    /// <summary>The profiles for which nothing is stored.</summary>
    public Set<string> Lacking { get; set; }

    /// <summary>What is in memory for each generation.</summary>
    public Map<UnitName, string> Files { get; private set; }

    /// <summary>What each unit was given when it was started last.</summary>
    public Map<UnitName, string> Given { get; private set; }

    /// <summary>Writes a new version, or takes the newest away.</summary>
    public void Put(Option<string> value) => versions = versions.Add(value.Map(text => $"{Canary}-{text}"));

    /// <summary>The machine restarts.</summary>
    public void ForgetMemory() => Files = Map<UnitName, string>();

    public SecretAnswer Answer(SecretAddress address, Option<int> version)
    {
        var number = version.IfNone(versions.Count);
        return
            address.Path.EndsWith("/TOKEN", StringComparison.Ordinal)
            && !Lacking.Exists(profile => address.Path.Contains($"/{profile}/", StringComparison.Ordinal))
            ? versions[number - 1]
                .Match<SecretAnswer>(
                    value => new SecretAnswer.Found(SecretValue.Of(value), number),
                    () => new SecretAnswer.Absent()
                )
            : new SecretAnswer.Absent();
    }

    public void Write(UnitName unit, Seq<ResolvedSecret> secrets) =>
        Files = Files.AddOrUpdate(unit, string.Join(' ', secrets.Map(secret => secret.Value.RevealText().IfNone(""))));

    public void Remove(UnitName unit) => Files = Files.Remove(unit);

    /// <summary>Whether all files of variables are there that a unit is to be started with.</summary>
    public bool HasFilesOf(Seq<UnitProperty> properties) => Generations(properties).ForAll(Files.ContainsKey);

    public void Give(UnitName unit, Seq<UnitProperty> properties) =>
        Given = Given.AddOrUpdate(unit, string.Join(' ', Generations(properties).Map(name => Files[name])));

    private static Seq<UnitName> Generations(Seq<UnitProperty> properties) =>
        properties
            .Bind(property => property.Value is UnitValue.Files files ? files.Values : Seq<OptionalFile>())
            .Map(file => UnitName.Parse("simulated", file.Path.Split('/')[^2]).Valid())
            .Strict();
}

/// <summary>The way to the simulated store.</summary>
public sealed class SimulatedSecrets(SimulatedHost host) : ISecrets
{
    private const string Store = "OpenBao";

    public Map<BuildId, SecretReading> Readings(Set<BuildId> builds) =>
        host.Vault.Readings = host.Vault.Readings.Filter((build, _) => builds.Contains(build));

    public Task<Effect> StartReading(Action.StartReadingSecrets action, CancellationToken cancellation)
    {
        var failures = host.Vault.Readings.Find(action.Build).Map(it => it.FailuresInARow).IfNone(0);
        host.Vault.Readings = host.Vault.Readings.AddOrUpdate(
            action.Build,
            Read(action.Plan).IfLeft(cause => new SecretReading.Failed(cause, host.Clock, failures + 1))
        );
        return Task.FromResult(Effect.Happened);
    }

    public Task<Either<Cause, SecretReading>> Read(SecretPlan plan, CancellationToken cancellation) =>
        Task.FromResult(Read(plan));

    public Task<Observation<Set<UnitName>>> Files(CancellationToken cancellation) =>
        Task.FromResult(
            host.Blind.Contains("secrets")
                ? Observation.Unknown<Set<UnitName>>("simulated")
                : Observation.Known(toSet(host.Vault.Files.Keys))
        );

    public Task<Effect> Write(Action.WriteSecrets action, CancellationToken cancellation)
    {
        if (host.Blind.Contains(Store))
            return Task.FromResult(Effect.Unreachable(Store, "sealed"));
        var answers = action.Secrets.Questions.Map((address, version) => host.Vault.Answer(address, version));
        return Task.FromResult(
            action
                .Secrets.Resolve(answers)
                .Match(
                    secrets =>
                    {
                        host.Vault.Write(action.Unit, secrets);
                        return Effect.Happened;
                    },
                    faults => Effect.Refused(Store, string.Join("; ", faults.Map(fault => fault.Describe())))
                )
        );
    }

    public Task<Effect> Remove(Action.RemoveSecrets action, CancellationToken cancellation)
    {
        host.Vault.Remove(action.Unit);
        return Task.FromResult(Effect.Happened);
    }

    private Either<Cause, SecretReading> Read(SecretPlan plan)
    {
        if (host.Blind.Contains(Store))
            return new Cause.Unreachable(Store, "sealed");
        var answers = toMap(plan.Addresses.Map(address => (address, host.Vault.Answer(address, None))));
        return Right<Cause, SecretReading>(
            plan.Resolve(answers)
                .Match<SecretReading>(
                    _ => new SecretReading.Read(ReleaseSecrets.Of(plan, answers)),
                    faults => new SecretReading.Wanting(plan, faults.Strict())
                )
        );
    }
}
