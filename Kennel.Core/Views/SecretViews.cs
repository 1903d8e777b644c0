using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Secrets;

namespace Kennel.Core.Views;

/// <summary>What secrets a branch has: names, where they come from, and whether they are there; never a value.</summary>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Profile">The profile that it gets; none where it has no secrets.</param>
/// <param name="Build">The build whose releases have them.</param>
/// <param name="Secrets">The secrets, by name.</param>
public sealed record SecretsView(
    string Project,
    string Branch,
    Option<string> Profile,
    Option<long> Build,
    Seq<SecretView> Secrets
)
{
    /// <summary>The secrets of what serves, or of what is to serve where nothing does.</summary>
    public static SecretsView Of(DesiredBranch branch)
    {
        var found = branch
            .Deployments.Bind(deployment => (deployment.ServingRelease | deployment.TargetRelease).ToSeq())
            .Bind(release =>
                release.Specification is Specification.Service service
                    ? service.Secrets.ToSeq().Map(secrets => (release.Build, Secrets: secrets))
                    : Seq<(BuildId Build, ReleaseSecrets Secrets)>()
            )
            .HeadOrNone();
        return new SecretsView(
            branch.Project.Name.Value,
            branch.Branch.ToString(),
            found.Map(it => it.Secrets.Plan.Owner.Profile),
            found.Map(it => it.Build.Value),
            found.ToSeq().Bind(it => it.Secrets.Plan.Secrets.Map(secret => SecretView.Of(it.Secrets, secret))).Strict()
        );
    }
}

/// <summary>One secret of a branch.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Presence"><c>version 3</c>, <c>present</c>, <c>default</c>, <c>made</c> or <c>absent</c>.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="IsFile">Whether the service is given it as a file.</param>
public sealed record SecretView(string Name, string Source, string Presence, bool IsRequired, bool IsFile)
{
    internal static SecretView Of(ReleaseSecrets secrets, PlannedSecret secret) =>
        new(
            secret.Name.Value,
            SourceOf(secret),
            PresenceOf(secrets, secret),
            secret.Need is SecretNeed.Required,
            secret.AsPath
        );

    private static string SourceOf(PlannedSecret secret) =>
        secret.Source switch
        {
            SecretSource.Stored it => it.Address.ToString(),
            SecretSource.Composed it => $"made of {string.Join(", ", it.Template.Names)}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string PresenceOf(ReleaseSecrets secrets, PlannedSecret secret) =>
        secret.Source switch
        {
            SecretSource.Stored it => secrets.Pins.Find(it.Address).IfNone(new SecretPin.Absent()) switch
            {
                SecretPin.Version version => $"version {version.Number}",
                SecretPin.Unversioned => "present",
                _ => secret.Default.IsSome ? "default" : "absent",
            },
            SecretSource.Composed => secrets.IsThere(secret) ? "made" : "absent",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
