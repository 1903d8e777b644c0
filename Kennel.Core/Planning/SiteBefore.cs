using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// The site that served before the present one. For a while its files stay reachable where the present one lacks them, so
/// that pages which were opened before a deploy, or before it was rolled back, keep working.
/// </summary>
public static class SiteBefore
{
    /// <summary>The files that served before, while they are to stay reachable.</summary>
    public static Option<Specification.Site> Of(Sight sight, DesiredDeployment deployment) =>
        ReleaseOf(sight, deployment).Bind(release => SiteOf(release));

    /// <summary>The roots that protect such files. They are kept, but never made anew: the files may be gone.</summary>
    public static Set<RootName> Roots(Sight sight) =>
        toSet(
            sight.Desired.Branches.Bind(branch =>
                branch.Deployments.Bind(deployment =>
                    ReleaseOf(sight, deployment)
                        .Map(release => RootName.Of(sight.Settings.Instance, release.Build, deployment.Component))
                        .ToSeq()
                )
            )
        );

    /// <summary>When the next of them is to be reachable no longer.</summary>
    public static Part NextLook(Sight sight) =>
        Part.Nothing with
        {
            LookAt = sight
                .Desired.Branches.Bind(branch => branch.Deployments)
                .Filter(deployment => ReleaseOf(sight, deployment).IsSome)
                .Bind(deployment => EndOf(sight, deployment).ToSeq())
                .Fold(Option<DateTimeOffset>.None, (first, next) => Part.Earlier(first, next)),
        };

    // The newest accepted one but the present: the one before in a deploy, and the one that was left in a roll back.
    private static Option<Release> ReleaseOf(Sight sight, DesiredDeployment deployment) =>
        from end in EndOf(sight, deployment).Filter(end => end > sight.Now)
        from serving in deployment.ServingRelease
        from present in SiteOf(serving)
        from release in deployment
            .Releases.Filter(release => release.Id != serving.Id && release.Outcome is Outcome.Accepted)
            .OrderByDescending(release => release.Id)
            .ToSeq()
            .HeadOrNone()
        from site in SiteOf(release).Filter(site => site.Root != present.Root)
        select release;

    private static Option<DateTimeOffset> EndOf(Sight sight, DesiredDeployment deployment) =>
        deployment.ServingSince.Map(since => since + sight.Settings.Periods.OldAssets);

    private static Option<Specification.Site> SiteOf(Release release) =>
        release.Specification is Specification.Site site ? Some(site) : None;
}
