using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

/// <summary>Custom domains from the manifest to the host names of releases.</summary>
public sealed class DomainTests : IDisposable
{
    private static readonly HostName Domain = StoreOnTrial.Must(HostName.Parse("", "shop.example.net"));

    private readonly StoreOnTrial store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task The_default_branch_gets_its_custom_domain_which_is_shown_first()
    {
        await store.Register();
        await Built("hello", "main", Domain);

        var release = (await store.OnlyBranch()).Deployments[0].TargetRelease.Value();
        Assert.Equal(Domain, release.Hosts[0]);
        Assert.Contains("APP_URL=http://shop.example.net", Environment(release));
        Assert.Equal("refs/heads/main", (await store.Read()).Domains[Domain].Reference);
    }

    [Fact]
    public async Task Other_branches_never_get_it()
    {
        await store.Register();
        await Built("hello", "topic", Domain);

        Assert.DoesNotContain(Domain, (await store.OnlyBranch()).Deployments[0].TargetRelease.Value().Hosts);
        Assert.Empty((await store.Read()).Domains);
    }

    [Fact]
    public async Task What_another_project_has_stays_its_own_and_the_release_goes_on_without_it()
    {
        await store.Register();
        await store.Register("other");
        await Built("hello", "main", Domain);
        var build = await Built("other", "main", Domain);

        var desired = await store.Read();
        var release = desired.Branches.Last.Deployments[0].TargetRelease.Value();
        Assert.Equal(BuildState.Built, (await store.Intents.Build(build, CancellationToken.None)).Value().State);
        Assert.Equal(Some(Domain), release.Domain);
        Assert.Equal(
            ["other-main.example.org", "other-api-main.example.org"],
            release.Hosts.Map(host => host.Value).AsEnumerable()
        );
        Assert.Contains("APP_URL=http://other-main.example.org", Environment(release));
        Assert.Equal(new ProjectId(1), desired.Domains[Domain].Project);
    }

    [Theory]
    [InlineData("shop.example.org")]
    [InlineData("example.org")]
    [InlineData("kennel.example.net")]
    public async Task A_name_that_is_Kennels_own_to_give_fails_the_build_and_changes_nothing(string domain)
    {
        await store.Register();
        var build = await Built("hello", "main", StoreOnTrial.Must(HostName.Parse("", domain)));

        var row = (await store.Intents.Build(build, CancellationToken.None)).Value();
        Assert.Equal((BuildState.Failed, "manifest-invalid"), (row.State, row.Cause.Value().Code));
        Assert.Contains(
            $"kennel.json: api: custom_domain: got \"{domain}\"",
            row.Cause.Value().Sentence,
            StringComparison.Ordinal
        );
        Assert.Empty((await store.OnlyBranch()).Deployments);
    }

    [Fact]
    public async Task A_domain_that_became_free_is_taken_by_one_alone()
    {
        await store.Register();
        await store.Register("other");
        var (one, other) = (Holder(1), Holder(2));

        await store.Done(new Action.ClaimDomain(Domain, one));
        await store.Done(new Action.ClaimDomain(Domain, one));
        Assert.IsType<Core.Ports.Effect.Failed>(await store.Record(new Action.ClaimDomain(Domain, other)));
        await store.Done(new Action.ReleaseDomain(Domain, other));
        Assert.Equal(one, (await store.Read()).Domains[Domain]);
        await store.Done(new Action.ReleaseDomain(Domain, one));
        await store.Done(new Action.ClaimDomain(Domain, other));
        Assert.Equal(other, (await store.Read()).Domains[Domain]);
    }

    [Fact]
    public async Task A_domain_that_was_declared_again_meanwhile_is_not_given_up()
    {
        await store.Register();
        await Built("hello", "main", Domain);

        Assert.IsType<Core.Ports.Effect.Failed>(await store.Record(new Action.ReleaseDomain(Domain, Holder(1))));
        Assert.Equal(Holder(1), (await store.Read()).Domains[Domain]);
    }

    [Fact]
    public async Task It_goes_with_its_branch()
    {
        await store.Register();
        await Built("hello", "main", Domain);
        await store.RemoveBranch();
        await store.Done(new Action.ForgetBranch((await store.OnlyBranch()).Id));

        Assert.Empty((await store.Read()).Domains);
    }

    [Fact]
    public async Task A_claim_from_before_custom_domains_were_told_apart_becomes_one_with_the_next_build()
    {
        await store.Register();
        await Built("hello", "main", Domain);
        await store.Database.Write(
            session =>
                session.Execute("UPDATE claims SET custom = 0, component = 'api' WHERE name = 'shop.example.net'"),
            _ => true,
            CancellationToken.None
        );
        Assert.Empty((await store.Read()).Domains);

        await Built("hello", "main", Domain);

        Assert.Equal(Holder(1), (await store.Read()).Domains[Domain]);
    }

    private static DomainHolder Holder(long project) => new(new ProjectId(project), "refs/heads/main");

    private static Seq<string> Environment(Release release) =>
        ((Specification.Service)release.Specification).Environment;

    private async Task<BuildId> Built(string project, string branch, HostName domain)
    {
        var build = await store.Building(project, branch);
        var result = StoreOnTrial.Result(build, "api");
        var service = result.Manifest.Services[result.Manifest.Components[0]] with { CustomDomain = domain };
        var declaring = result with
        {
            ManifestText = $$"""{ "services": { "api": { "custom_domain": "{{domain}}" } } }""",
            Manifest = result.Manifest with { Services = Map((result.Manifest.Components[0], service)) },
        };
        await store.Done(new Action.RecordBuilt(build, StoreOnTrial.Commit, declaring, store.Clock.Now));
        return build;
    }
}
