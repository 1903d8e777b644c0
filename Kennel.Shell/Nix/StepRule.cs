using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Shell.Nix;

/// <summary>Whether the packages have the commands that the manifest names.</summary>
internal static class StepRule
{
    /// <summary>What is missing.</summary>
    internal static Seq<Problem> Check(ProjectManifest manifest, Map<ComponentName, StorePath> paths) =>
        manifest
            .Services.Pairs.ToSeq()
            .Bind(service =>
                Joined(
                    service.Value.PreDeploy.ToSeq().Map(step => (Service: service.Key, Key: "preDeploy", step.Program)),
                    service.Value.Seed.ToSeq().Map(step => (Service: service.Key, Key: "seed", step.Program))
                )
            )
            .Filter(step => !ProgramRule.IsExecutable($"{paths[step.Service]}/{step.Program}"))
            .Map(step =>
                Problem.Of(
                    $"{ManifestReader.FileName}: services.{step.Service}.{step.Key}",
                    step.Program,
                    $"an executable file in {paths[step.Service]}"
                )
            )
            .Strict();
}
