using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Git;

namespace Kennel.Tests.Git;

public sealed class MirrorsTests : IDisposable
{
    private readonly Repository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task The_commit_is_the_head_of_the_branch_at_the_time_of_the_fetch()
    {
        var first = repository.Push("main", "1");
        Assert.Equal(first, await Fetched("main"));

        var second = repository.Push("main", "2");
        Assert.Equal(second, await Fetched("main"));
    }

    [Fact]
    public async Task A_forced_push_is_followed_and_the_old_commit_stays_for_whoever_builds_it()
    {
        var root = repository.Push("main", "root");
        var old = repository.Push("main", "old");
        await Fetch("main");
        repository.GoBackTo(root);
        var forced = repository.Push("main", "new");

        Assert.Equal(forced, await Fetched("main"));
        Assert.Equal("commit", Repository.Run(Mirror, "cat-file", "-t", old.Value).Trim());
        Assert.Equal(new Cause.NoSuchCommit(old.Value), await FailedFetch("main", old));
    }

    [Fact]
    public async Task A_commit_that_is_asked_for_must_be_in_the_branch()
    {
        var older = repository.Push("main", "1");
        repository.Push("main", "2");
        var elsewhere = repository.Push("feature", "3");
        var nowhere = CommitId.Parse("test", new string('a', 40)).ToOption();

        Assert.Equal(older, await Fetched("main", older));
        Assert.Equal(new Cause.NoSuchCommit(elsewhere.Value), await FailedFetch("main", elsewhere));
        Assert.Equal(new Cause.NoSuchCommit(new string('a', 40)), await FailedFetch("main", nowhere));
    }

    [Fact]
    public async Task A_branch_that_is_not_there_is_named()
    {
        repository.Push("main", "1");

        Assert.Equal(new Cause.NoSuchBranch("refs/heads/gone"), await FailedFetch("gone"));
        Assert.Equal(new Cause.NoSuchBranch("refs/pull/7/head"), await FailedFetch("#7"));
    }

    [Fact]
    public async Task A_pull_request_is_fetched_by_its_own_reference()
    {
        var commit = repository.Push("feature", "1");
        repository.PushAs("refs/pull/7/head");

        Assert.Equal(commit, await Fetched("#7"));
    }

    [Theory]
    [InlineData("feature/ü/$(touch;x);'\"")]
    [InlineData("+odd")]
    [InlineData("a'b`c&d|e")]
    [InlineData("HEAD")]
    [InlineData("refs/heads/main")]
    public async Task Whatever_git_allows_as_a_name_is_fetched(string branch)
    {
        repository.Push("main", "other");
        var commit = repository.Push("plain", "1");
        repository.PushAs($"refs/heads/{branch}");

        Assert.Equal(commit, await Fetched(branch));
    }

    [Fact]
    public async Task A_branch_may_be_called_like_the_directory_of_an_older_one()
    {
        repository.Push("main", "1");
        repository.Push("topic", "2");
        await Fetch("topic");
        repository.LeaveBranch("topic");
        repository.Delete("topic");
        var below = repository.Push("topic/below", "3");

        Assert.Equal(below, await Fetched("topic/below"));
    }

    [Fact]
    public async Task Locks_that_a_crash_left_are_removed()
    {
        repository.Push("main", "1");
        await Fetch("main");
        var second = repository.Push("main", "2");
        var held = Directory.EnumerateFiles($"{Mirror}/refs/kennel").Single();
        foreach (var file in Seq("HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock"))
            File.WriteAllText($"{Mirror}/{file}", "");
        File.WriteAllText($"{held}.lock", "");

        Assert.Equal(second, await Fetched("main"));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("config")]
    [InlineData("objects")]
    public async Task A_mirror_that_lost_a_part_is_made_anew(string part)
    {
        var commit = repository.Push("main", "1");
        await Fetch("main");
        if (part == "objects")
            Directory.Delete($"{Mirror}/{part}", recursive: true);
        else
            File.WriteAllText($"{Mirror}/{part}", part == "config" ? "[core\n" : "");

        Assert.Equal(commit, await Fetched("main"));
        Assert.Equal("commit", Repository.Run(Mirror, "cat-file", "-t", commit.Value).Trim());
    }

    [Fact]
    public async Task Objects_that_a_crash_emptied_are_fetched_again()
    {
        repository.Push("main", "1");
        await Fetch("main");
        foreach (var file in Directory.EnumerateFiles($"{Mirror}/objects", "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.WriteAllText(file, "");
        }
        var second = repository.Push("main", "2");

        Assert.Equal(second, await Fetched("main"));
    }

    [Fact]
    public async Task A_mirror_half_made_is_not_taken_for_one()
    {
        var commit = repository.Push("main", "1");
        Directory.CreateDirectory($"{Mirror}.new/objects");

        Assert.Equal(commit, await Fetched("main"));
    }

    [Fact]
    public async Task Every_user_may_read_the_mirror_for_builds_run_as_others()
    {
        repository.Push("main", "1");
        await Fetch("main");

        Assert.All(
            Directory.EnumerateFileSystemEntries(Mirror, "*", SearchOption.AllDirectories),
            entry => Assert.True(File.GetUnixFileMode(entry).HasFlag(UnixFileMode.OtherRead), entry)
        );
    }

    [Theory]
    [InlineData("ext::sh -c 'touch /tmp/x'")]
    [InlineData("--upload-pack=touch x")]
    [InlineData("http://127.0.0.1:9/x.git")]
    [InlineData("https://user:secret@127.0.0.1:9/x.git")]
    public async Task A_URL_that_is_not_allowed_is_never_given_to_git(string url)
    {
        var state = Assert.IsType<FetchState.Failed>(await Fetch("main", url: url));

        Assert.DoesNotContain("secret", Assert.IsType<Cause.CloneFailed>(state.Cause).Detail);
        Assert.False(Directory.Exists(Mirror));
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_a_failed_clone_that_does_not_hurt_the_mirror()
    {
        var commit = repository.Push("main", "1");
        await Fetch("main");

        var state = Assert.IsType<FetchState.Failed>(await Fetch("main", url: $"{repository.Root}/none.git"));

        Assert.Contains("none.git", Assert.IsType<Cause.CloneFailed>(state.Cause).Detail);
        Assert.Equal("commit", Repository.Run(Mirror, "cat-file", "-t", commit.Value).Trim());
    }

    [Fact]
    public async Task Whatever_goes_wrong_is_a_failure_and_not_a_fetch_without_end() =>
        Assert.IsType<FetchState.Failed>(await Fetch("main", options: Options with { Directory = "/no\0directory" }));

    [Fact]
    public async Task A_fetch_is_seen_running_and_then_ended_until_nobody_asks_for_it()
    {
        var commit = repository.Push("main", "1");
        var woken = new TaskCompletionSource();
        await using var mirrors = new Mirrors(Options, TimeProvider.System, woken.SetResult);
        var build = new BuildId(1);

        await mirrors.StartFetch(Ask("main", None, repository.Bare), CancellationToken.None);
        Assert.True(mirrors.Fetches(Set(new BuildId(1))).ContainsKey(build));
        await woken.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(
            Some<FetchState>(new FetchState.Fetched(commit, "1")),
            mirrors.Fetches(Set(new BuildId(1))).Find(build)
        );
        Assert.True(mirrors.Fetches(Set<BuildId>()).IsEmpty);
        Assert.True(mirrors.Fetches(Set(build)).IsEmpty);
    }

    private string Mirror => $"{repository.Mirrors}/3.git";

    private MirrorOptions Options => new(repository.Mirrors, None, Seq("https", "file"));

    private async Task<CommitId> Fetched(string branch, Option<CommitId> commit = default, string? url = null) =>
        Assert.IsType<FetchState.Fetched>(await Fetch(branch, commit, url)).Commit;

    private async Task<Cause> FailedFetch(string branch, Option<CommitId> commit = default, string? url = null) =>
        Assert.IsType<FetchState.Failed>(await Fetch(branch, commit, url)).Cause;

    private async Task<FetchState> Fetch(
        string branch,
        Option<CommitId> commit = default,
        string? url = null,
        MirrorOptions? options = null
    )
    {
        var ended = new TaskCompletionSource();
        await using var mirrors = new Mirrors(options ?? Options, TimeProvider.System, ended.SetResult);
        await mirrors.StartFetch(Ask(branch, commit, url ?? repository.Bare), CancellationToken.None);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return mirrors.Fetches(Set(new BuildId(1)))[new BuildId(1)];
    }

    private static Core.Planning.Action.StartFetch Ask(string branch, Option<CommitId> commit, string url) =>
        new(
            new BuildId(1),
            new DesiredProject(
                new ProjectId(3),
                Sure(ProjectName.Parse("test", "hello")),
                url,
                Sure(BranchName.Parse("test", "main")),
                None,
                Set<DeployEnvironment>(),
                IsBeingRemoved: false
            ),
            Sure(Branch.Parse("test", branch)),
            commit
        );

    private static T Sure<T>(Validation<Problem, T> given) =>
        given.Match(value => value, problems => throw new InvalidOperationException(string.Join("; ", problems)));
}
