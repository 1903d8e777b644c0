using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class IntentTests : IDisposable
{
    [Fact]
    public async Task A_strangers_pull_request_is_not_deployed_by_hand_either()
    {
        await store.Register();
        var pullRequest = new PullRequest(
            7,
            PullRequestState.Open,
            store.Clock.Now,
            "x",
            "main",
            "it comes from a fork"
        );
        await store.Know(pullRequest);

        var answer = await store.Intents.Deploy(
            StoreOnTrial.Hello,
            StoreOnTrial.BranchOf("#7"),
            None,
            CancellationToken.None
        );

        var refusal = answer.Match(_ => throw new InvalidOperationException(), it => it);
        Assert.Equal("pull-request-refused", refusal.Code);
        Assert.Contains("it comes from a fork", refusal.What, StringComparison.Ordinal);
        Assert.Empty((await store.Read()).Branches);
    }

    private readonly StoreOnTrial store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_registration_reserves_the_names_of_the_default_branch()
    {
        await store.Register("a");
        await store.Built("a", "b-main", "api");
        Assert.Contains("a-b-main.example.org", Hosts((await store.OnlyBranch()).Deployments[0]));
        await store.Register("a-b");
        await store.Register("a-c");
        await store.Built("a", "c-main", "api");
        await store.Built("a-b", "main", "api");
        var branches = (await store.Read()).Branches;
        Assert.DoesNotContain("a-c-main.example.org", Hosts(branches[1].Deployments[0]));
        Assert.DoesNotContain("a-b-main.example.org", Hosts(branches[2].Deployments[0]));
    }

    [Fact]
    public async Task The_same_registration_again_is_a_success_and_another_under_its_name_is_refused()
    {
        var first = StoreOnTrial.Must(await Add(StoreOnTrial.Project("hello")));
        Assert.Equal(first, StoreOnTrial.Must(await Add(StoreOnTrial.Project("hello"))));
        Assert.Equal(
            "project-exists",
            await RefusalOf(StoreOnTrial.Project("hello", "https://elsewhere.example/x.git"))
        );
        Assert.Equal("project-exists", await RefusalOf(StoreOnTrial.Project("Hello")));
        Assert.Single(await store.Intents.Projects(CancellationToken.None));
    }

    [Theory]
    [InlineData("https://git.example.org/a/b.git", true)]
    [InlineData("https://git.example.org:3000/a/b", true)]
    [InlineData("ssh://git@git.example.org:2222/a/b.git", true)]
    [InlineData("git@git.example.org:a/b.git", true)]
    [InlineData("/srv/git/hello.git", true)]
    [InlineData("https://me:secret@git.example.org/a/b.git", false)]
    [InlineData("https://token@git.example.org/a/b.git", false)]
    [InlineData("ssh://git:secret@git.example.org/a/b.git", false)]
    [InlineData("http://git.example.org/a/b.git", false)]
    [InlineData("ext::sh -c whoami", false)]
    [InlineData("--upload-pack=/bin/sh", false)]
    [InlineData("ssh://-oProxyCommand=x/a", false)]
    [InlineData("-oProxyCommand=x@host:a", false)]
    [InlineData("git@-oProxyCommand=x:a", false)]
    [InlineData("relative/path", false)]
    [InlineData("file::/x", false)]
    [InlineData("https://git.example.org/a\nb", false)]
    [InlineData("", false)]
    public async Task A_clone_url_has_one_of_the_safe_forms(string url, bool isAllowed)
    {
        var answer = await Add(StoreOnTrial.Project("hello", url));
        Assert.Equal(isAllowed, answer.IsRight);
        answer.IfLeft(refusal => Assert.DoesNotContain("secret", refusal.What, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_in_a_clone_url_are_refused_with_the_place_for_them()
    {
        var answer = await Add(StoreOnTrial.Project("hello", "https://me:secret@git.example.org/a.git"));
        var refusal = answer.Match(Left: it => it, Right: _ => throw new InvalidOperationException("accepted"));
        Assert.Contains("git.credentialsFile", refusal.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploying_an_unknown_project_is_refused()
    {
        var answer = await store.Intents.Deploy(StoreOnTrial.Hello, StoreOnTrial.Main, None, CancellationToken.None);
        Assert.Equal("unknown-project", CodeOf(answer));
    }

    [Fact]
    public async Task A_pull_request_and_a_branch_called_like_it_are_two()
    {
        await store.Register();
        await store.Built("hello", "#42", "api");
        await store.Built("hello", "pr-42", "api");
        var branches = (await store.Read()).Branches;
        Assert.Equal(
            [StoreOnTrial.BranchOf("#42"), StoreOnTrial.BranchOf("pr-42")],
            branches.Map(it => it.Branch).ToArray()
        );
        Assert.Equal([DeployEnvironment.Preview, DeployEnvironment.Dev], branches.Map(it => it.Environment).ToArray());
        Assert.NotEqual(branches[0].Deployments[0].Stem, branches[1].Deployments[0].Stem);
    }

    [Fact]
    public async Task A_removed_branch_that_comes_back_is_another_row_which_keeps_the_names_until_both_are_gone()
    {
        await store.Register();
        await store.Built("hello", "feature", "api");
        var earlier = await store.OnlyBranch();
        await store.RemoveBranch("feature");
        await store.Deploy("hello", "feature");
        var branches = (await store.Read()).Branches;
        Assert.Equal([true, false], branches.Map(it => it.Removed.IsSome).ToArray());
        await store.Done(new Action.ForgetBranch(earlier.Id));
        Assert.Equal(earlier.Role, (await store.OnlyBranch()).Role);
        var build = (await store.Read()).Builds.Last.Id;
        await store.Done(
            new Action.RecordBuildEnd(build, BuildState.Cancelled, new Cause.BranchRemoved(), store.Clock.Now)
        );
        await store.RemoveBranch("feature");
        await store.Done(new Action.ForgetBranch((await store.OnlyBranch()).Id));
        Assert.DoesNotContain("feature", string.Join(' ', (await store.Read()).ClaimedHosts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reserved_names_outlive_the_default_branch_and_go_with_the_project()
    {
        await store.Register();
        await store.Built();
        await store.RemoveBranch();
        await store.Done(new Action.ForgetBranch((await store.OnlyBranch()).Id));
        Assert.Equal(["hello-main.example.org"], (await store.Read()).ClaimedHosts.Map(host => host.Value).ToArray());
        StoreOnTrial.Must(await Remove());
        Assert.Empty((await store.Read()).ClaimedHosts);
        Assert.Empty(await store.Intents.Projects(CancellationToken.None));
    }

    [Fact]
    public async Task A_removed_project_goes_with_its_last_branch_and_takes_nothing_new_meanwhile()
    {
        await store.Register();
        await store.Built("hello", "main", "api");
        await store.Built("hello", "dev", "api");
        StoreOnTrial.Must(await Remove());
        Assert.Equal(
            "being-removed",
            CodeOf(await store.Intents.Deploy(StoreOnTrial.Hello, StoreOnTrial.Main, None, CancellationToken.None))
        );
        Assert.Equal("being-removed", await RefusalOf(StoreOnTrial.Project("hello")));
        foreach (var branch in (await store.Read()).Branches)
        {
            Assert.True(branch.Removed.IsSome);
            Assert.Single(await store.Intents.Projects(CancellationToken.None));
            await store.Done(new Action.ForgetBranch(branch.Id));
        }
        Assert.Empty(await store.Intents.Projects(CancellationToken.None));
        await store.Register();
    }

    [Fact]
    public async Task Numbers_of_what_is_gone_are_never_given_again()
    {
        await store.Register();
        var first = await store.Built();
        var branch = await store.OnlyBranch();
        await store.RemoveBranch();
        await store.Done(new Action.ForgetBranch(branch.Id));
        Assert.True((await store.Built()).Value > first.Value);
        var again = await store.OnlyBranch();
        Assert.True(again.Id.Value > branch.Id.Value);
        Assert.True(again.Deployments[0].Target.Value().Value > branch.Deployments[0].Target.Value().Value);
    }

    [Fact]
    public async Task Removing_twice_is_a_success_and_removing_what_never_was_is_refused()
    {
        await store.Register();
        await store.Deploy();
        await store.RemoveBranch();
        await store.RemoveBranch();
        var answer = await store.Intents.RemoveBranch(
            StoreOnTrial.Hello,
            StoreOnTrial.BranchOf("x"),
            "deleted",
            CancellationToken.None
        );
        Assert.Equal("unknown-branch", CodeOf(answer));
    }

    [Fact]
    public async Task Builds_are_listed_newest_first_of_one_project_or_of_all()
    {
        await store.Register("a");
        await store.Register("b");
        var first = await store.Deploy("a");
        var second = await store.Deploy("b");
        var all = await store.Intents.Builds(None, 10, CancellationToken.None);
        Assert.Equal([second, first], all.Map(row => row.Id).ToArray());
        var one = await store.Intents.Builds(StoreOnTrial.Must(ProjectName.Parse("", "a")), 10, CancellationToken.None);
        Assert.Equal([first], one.Map(row => row.Id).ToArray());
        Assert.Single(await store.Intents.Builds(None, 1, CancellationToken.None));
    }

    private Task<Either<Refusal, ProjectRow>> Add(NewProject project) =>
        store.Intents.AddProject(project, CancellationToken.None);

    private Task<Either<Refusal, ProjectRow>> Remove() =>
        store.Intents.RemoveProject(StoreOnTrial.Hello, "no longer needed", CancellationToken.None);

    private async Task<string> RefusalOf(NewProject project) => CodeOf(await Add(project));

    private static string CodeOf<T>(Either<Refusal, T> answer) =>
        answer.Match(Left: refusal => refusal.Code, Right: _ => "accepted");

    private static IEnumerable<string> Hosts(DesiredDeployment deployment) =>
        deployment.TargetRelease.Value().Hosts.Map(host => host.Value);
}
