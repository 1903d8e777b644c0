using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Core.Secrets;

namespace Kennel.Core.Planning;

/// <summary>What a build unit left behind when it ended by itself.</summary>
public abstract record BuildResult
{
    private BuildResult() { }

    /// <summary>Every component was built.</summary>
    /// <param name="ManifestText">What the project declares, as it gave it.</param>
    /// <param name="Manifest">The same, read.</param>
    /// <param name="Outputs">The store path of each component.</param>
    /// <param name="Programs">The program of each service, below its store path.</param>
    public sealed record Built(
        string ManifestText,
        ProjectManifest Manifest,
        Map<ComponentName, StorePath> Outputs,
        Map<ComponentName, string> Programs
    ) : BuildResult
    {
        /// <summary>What the project declares of its secrets, as it gave it: its files as JSON, by their paths.</summary>
        public Option<string> SecretsText { get; init; }

        /// <summary>The same, read.</summary>
        public Option<SecretSpecification> Secrets { get; init; }
    }

    /// <summary>It could not be built.</summary>
    public sealed record Failed(Cause Cause) : BuildResult;
}
