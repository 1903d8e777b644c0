using Kennel.Core.Domain;

namespace Kennel.Core.Forge;

/// <summary>A registered project as deliveries see it.</summary>
/// <param name="Id">The store's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="CloneUrl">Where it is fetched from.</param>
/// <param name="Repository">The forge's number of its repository, once that is known.</param>
/// <param name="SecretFile">The file of its own secret, where it has one.</param>
/// <param name="IsRemoved">Whether it is on its way out.</param>
public sealed record ListeningProject(
    ProjectId Id,
    ProjectName Name,
    string CloneUrl,
    Option<long> Repository,
    Option<string> SecretFile,
    bool IsRemoved
);

/// <summary>Which project a delivery is for.</summary>
public static class ProjectChoice
{
    /// <summary>
    /// The project with the repository's number. Else one that has no number yet and the same clone URL, and else one
    /// with the same clone URL and another number: whether that may be is not for this choice to say.
    /// </summary>
    public static Option<ListeningProject> Choose(Seq<ListeningProject> projects, RepositoryGlance glance)
    {
        var ordered = projects.OrderBy(project => project.Id).ToSeq().Strict();
        var located = ordered.Filter(project =>
            RepositoryLocation.Of(project.CloneUrl).Exists(it => glance.Locations.Contains(it))
        );
        return ordered.Find(project => project.Repository.IsSome && project.Repository == glance.Id)
            | located.Find(project => project.Repository.IsNone)
            | located.HeadOrNone();
    }
}
