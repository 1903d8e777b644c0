using System.Text.RegularExpressions;
using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>What a build unit leaves behind when it ends.</summary>
public static partial class SimulatedBuild
{
    /// <summary>What fills new data.</summary>
    public const string SeedProgram = "bin/seed";

    private const string StepProgram = "bin/migrate";

    /// <summary>Ends a build: store paths appear, and a result, unless the commit behaves badly.</summary>
    public static Unit End(SimulatedHost host, SimulatedUnit unit, BuildId build)
    {
        var commit = unit.Built.IfNone(() => throw new System.Diagnostics.UnreachableException());
        return commit.Build switch
        {
            BuildBehaviour.Good => Succeed(host, build, commit),
            BuildBehaviour.Fails => Leave(host, build, new BuildResult.Failed(new Cause.EvaluationFailed("simulated"))),
            BuildBehaviour.VanishesOnce when unit.Invocation.Value.EndsWith('1') => default,
            BuildBehaviour.VanishesOnce => Succeed(host, build, commit),
            BuildBehaviour.VanishesAlways or BuildBehaviour.Killed => default,
            BuildBehaviour.Hangs or BuildBehaviour.IgnoresStop => throw new System.Diagnostics.UnreachableException(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The commit that a build unit is told to build.</summary>
    public static Option<SimulatedCommit> CommitOf(SimulatedHost host, Seq<Core.Units.UnitProperty> properties)
    {
        var arguments = properties
            .Bind(property =>
                property.Value is Core.Units.UnitValue.Commands commands
                    ? commands.Values
                    : Seq<Core.Units.CommandLine>()
            )
            .Bind(command => command.Arguments);
        return CommitId
            .Parse("simulated", Commit().Match(string.Join(' ', arguments)).Value)
            .ToOption()
            .Bind(host.Commits.Find);
    }

    private static Unit Succeed(SimulatedHost host, BuildId build, SimulatedCommit commit)
    {
        foreach (var component in commit.Components)
            host.StorePaths.Add(component.StorePath);
        return Leave(
            host,
            build,
            new BuildResult.Built(ManifestText(commit), Manifest(commit), Outputs(commit), Programs(commit))
            {
                SecretsText = commit.DeclaresSecrets ? Some(SimulatedVault.Declaration) : None,
                Secrets = commit.DeclaresSecrets ? Some(SimulatedVault.Declared) : None,
            }
        );
    }

    private static Unit Leave(SimulatedHost host, BuildId build, BuildResult result)
    {
        host.BuildDirectories = host.BuildDirectories.SetItem(build, Some(result));
        return default;
    }

    private static ProjectManifest Manifest(SimulatedCommit commit) =>
        new(
            toMap(commit.Components.Filter(one => !one.IsSite).Map(one => (one.Name, Service(one)))),
            toMap(commit.Components.Filter(one => one.IsSite).Map(one => (one.Name, Site(one)))),
            commit.Resources,
            true
        )
        {
            PreviewDatabase = commit.PreviewDatabase,
        };

    private static string ManifestText(SimulatedCommit commit)
    {
        var services = commit
            .Components.Filter(one => !one.IsSite)
            .Map(one => $"\"{one.Name}\": {{{ServiceText(one)}}}");
        var sites = commit.Components.Filter(one => one.IsSite).Map(one => $"\"{one.Name}\": {{{DomainText(one)}}}");
        var resources = string.Join(", ", commit.Resources.Map(name => $"\"{name}\""));
        return $$"""{ "resources": [{{resources}}], "preview": { "database": "{{commit.PreviewDatabase}}" }, "services": { {{string.Join(", ", services)}} }, "static_sites": { {{string.Join(", ", sites)}} } }""";
    }

    private static string ServiceText(SimulatedComponent component) =>
        string.Join(
            ", ",
            Seq(
                    component.IsStateful ? "\"stateful\": true" : "\"stateful\": false",
                    component.HasStep ? $"\"preDeploy\": \"{StepProgram}\"" : "",
                    component.HasSeed ? $"\"seed\": \"{SeedProgram}\"" : "",
                    DomainText(component)
                )
                .Filter(text => text.Length > 0)
        );

    private static string DomainText(SimulatedComponent component) =>
        component.Domain.Match(domain => $"\"custom_domain\": \"{domain}\"", () => "");

    private static ServiceManifest Service(SimulatedComponent component) =>
        new(component.Domain, new Readiness.Tcp(), false, Map<string, string>(), Relaxations.Default)
        {
            IsStateful = component.IsStateful,
            PreDeploy = component.HasStep ? new StepManifest(StepProgram, Seq<string>(), None) : None,
            Seed = component.HasSeed ? new StepManifest(SeedProgram, Seq<string>(), None) : None,
        };

    private static SiteManifest Site(SimulatedComponent component) =>
        new(component.Domain, component.Name.Value, false, false);

    private static Map<ComponentName, StorePath> Outputs(SimulatedCommit commit) =>
        toMap(commit.Components.Map(one => (one.Name, one.StorePath)));

    private static Map<ComponentName, string> Programs(SimulatedCommit commit) =>
        toMap(commit.Components.Filter(one => !one.IsSite).Map(one => (one.Name, $"bin/{one.Name}")));

    [GeneratedRegex("[0-9a-f]{40}")]
    private static partial Regex Commit();
}
