using System.Globalization;
using Kennel.Core.Views;

namespace Kennel.Tests.Host;

/// <summary>A bare git repository on the host, registered as a project; what is pushed begins as a copy of examples/hello.</summary>
internal sealed class TestRepository
{
    private readonly TestHost host;

    private TestRepository(TestHost host, string project) => (this.host, Project) = (host, project);

    /// <summary>The project's name.</summary>
    public string Project { get; }

    private string Bare => $"/srv/{Project}.git";

    private string Work => $"/srv/work/{Project}";

    /// <summary>Makes an empty repository and registers it.</summary>
    public static async Task<TestRepository> Create(TestHost host, string project = "hello")
    {
        var repository = new TestRepository(host, project);
        await host.Run(
            $"""
            mkdir -p /srv/work
            chown kennel: /srv/work
            mkdir {repository.Bare}
            chown kennel: {repository.Bare}
            {repository.Git("/srv", $"git init --quiet --bare --initial-branch main {repository.Bare}")}
            {repository.Git("/srv", $"git clone --quiet {repository.Bare} {repository.Work} 2>/dev/null")}
            """
        );
        await host.Kennel("project", "add", project, repository.Bare);
        return repository;
    }

    /// <summary>Commits a copy of examples/hello, changed by a shell script, and pushes it; returns the commit.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="edit">What changes the copy.</param>
    /// <param name="more">Another reference to push the same commit to.</param>
    /// <param name="message">What its author wrote.</param>
    public async Task<string> Push(
        string branch,
        string edit,
        string? more = null,
        string message = "as the test has it"
    )
    {
        var script = $"""
            set -euo pipefail
            export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@localhost GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@localhost
            git checkout --quiet '{branch}' 2>/dev/null || git checkout --quiet -b '{branch}'
            find . -mindepth 1 -maxdepth 1 ! -name .git -exec rm -r {"{}"} +
            cp -r /src/examples/hello/. .
            {edit}
            git add --all
            git commit --quiet --allow-empty --message '{message}'
            git push --quiet --force origin 'HEAD:refs/heads/{branch}' {(more is null ? "" : $"'HEAD:{more}'")}
            git rev-parse HEAD
            """;
        await host.Write("/srv/push", script);
        return (await host.Run(Git(Work, "bash /srv/push"))).Trim();
    }

    /// <summary>Makes a branch point to a commit that was pushed before.</summary>
    public Task GoBackTo(string branch, string commit) =>
        host.Run(Git(Bare, $"git update-ref 'refs/heads/{branch}' {commit}"));

    /// <summary>Deletes a reference.</summary>
    public Task Delete(string reference) => host.Run(Git(Bare, $"git update-ref -d '{reference}'"));

    /// <summary>Pushes and deploys, and waits until all of it is live.</summary>
    public async Task<string> Release(string branch, string edit)
    {
        var commit = await Push(branch, edit);
        await Deploy(branch);
        return commit;
    }

    /// <summary>Deploys a branch and waits until all of it is live.</summary>
    public Task<string> Deploy(string branch) => host.Kennel("deploy", Project, branch, "--wait");

    /// <summary>Deploys what is bad; returns the build that failed.</summary>
    public async Task<BuildView> DeployBad(string branch)
    {
        (await host.TryKennel("deploy", Project, branch, "--wait")).Expect(1);
        return await LastBuild();
    }

    /// <summary>The newest build of the project.</summary>
    public async Task<BuildView> LastBuild() =>
        (await NewestBuild()).IfNone(() => throw new InvalidOperationException($"{Project} has no build"));

    /// <summary>The same, where there may be none yet.</summary>
    public async Task<Option<BuildView>> NewestBuild() =>
        (await host.Ask<Seq<BuildView>>($"builds?project={Project}")).HeadOrNone();

    /// <summary>The log of a build.</summary>
    public Task<string> Log(BuildView build) =>
        host.Kennel("logs", "--build", build.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The deployments of the project.</summary>
    public Task<Seq<DeploymentView>> Deployments() => host.Ask<Seq<DeploymentView>>($"deployments?project={Project}");

    /// <summary>What was deployed of a branch, newest first; nothing of one that is gone.</summary>
    public async Task<Seq<PastBuildView>> Releases(string branch)
    {
        Ended? last = null;
        await TestHost.Until(
            $"the daemon tells the releases of {branch}",
            async () =>
                (last = await host.TryAsk($"releases?project={Project}&branch={branch}")).ExitStatus == 0
                || last.Error.Contains("unknown-branch", StringComparison.Ordinal),
            () => $"{last}"
        );
        return last!.ExitStatus == 0 ? TestHost.Read<Seq<PastBuildView>>(last.Output) : Seq<PastBuildView>();
    }

    /// <summary>Removes a branch and waits until nothing of it is left.</summary>
    public async Task Remove(string branch)
    {
        await host.Kennel("remove", Project, branch);
        await host.UntilSettled();
    }

    // Git only touches repositories of the user who runs it.
    private string Git(string directory, string command) => $"cd {directory} && runuser -u kennel -- {command}";
}
