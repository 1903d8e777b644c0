using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>Stub until merged.</summary>
public static class Primary
{
    /// <summary>Stub.</summary>
    public static Option<ComponentName> Of(ProjectManifest manifest, ProjectName project) =>
        project.Value.Length > 0 ? manifest.Components.HeadOrNone() : None;
}
