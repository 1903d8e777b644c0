using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>Which component gets the plain host name.</summary>
public static class Primary
{
    /// <summary>
    /// The only service; without services the only site; otherwise the one named like the project; otherwise the one
    /// that the manifest marks.
    /// </summary>
    public static Option<ComponentName> Of(ProjectManifest manifest, ProjectName project) =>
        Only(manifest) | NamedLike(manifest, project) | Marked(manifest).HeadOrNone();

    /// <summary>The components that the manifest marks as primary.</summary>
    public static Seq<ComponentName> Marked(ProjectManifest manifest) =>
        manifest
            .Components.Filter(name =>
                manifest.Services.Find(name).Exists(service => service.IsPrimary)
                || manifest.Sites.Find(name).Exists(site => site.IsPrimary)
            )
            .Strict();

    private static Option<ComponentName> Only(ProjectManifest manifest) =>
        (manifest.Services.Count, manifest.Sites.Count) switch
        {
            (1, _) => manifest.Services.Keys.HeadOrNone(),
            (0, 1) => manifest.Sites.Keys.HeadOrNone(),
            _ => None,
        };

    private static Option<ComponentName> NamedLike(ProjectManifest manifest, ProjectName project) =>
        manifest.Components.Find(name => name.Value == project.Value);
}
