using System.Net;
using System.Net.Sockets;
using System.Text;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Git;

namespace Kennel.Tests.Git;

public sealed class ListingsTests : IDisposable
{
    private static readonly ProjectId Project = new(3);
    private readonly Repository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public async Task The_heads_are_those_of_all_branches_and_of_the_pull_requests_asked_for()
    {
        var main = repository.Push("main", "1");
        var feature = repository.Push("feature/ü", "2");
        repository.PushAs("refs/pull/7/head");
        repository.PushAs("refs/pull/8/head");
        repository.PushAs("refs/tags/v1");
        repository.PushAs("refs/other/refs/heads/main");

        var listed = Assert.IsType<ListingState.Listed>(await List(pullRequests: Set(7, 9)));

        Assert.Equal(
            Map(("refs/heads/main", main), ("refs/heads/feature/ü", feature), ("refs/pull/7/head", feature)),
            listed.Heads
        );
    }

    [Fact]
    public async Task A_repository_without_branches_has_no_heads() =>
        Assert.Empty(Assert.IsType<ListingState.Listed>(await List()).Heads.AsEnumerable());

    [Fact]
    public async Task The_answer_covers_the_deliveries_it_was_asked_for()
    {
        repository.Push("main", "1");
        var deliveries = Set(new DeliveryId(4), new DeliveryId(6));

        Assert.Equal(deliveries, Assert.IsType<ListingState.Listed>(await List(deliveries: deliveries)).Deliveries);
    }

    [Fact]
    public async Task Branches_whose_names_are_no_text_are_left_out()
    {
        var main = repository.Push("main", "1");
        repository.AddReference([.. "refs/heads/"u8, 0xfe], main);
        repository.AddReference([.. "refs/heads/"u8, 0xff], main);

        Assert.Equal(Map(("refs/heads/main", main)), Assert.IsType<ListingState.Listed>(await List()).Heads);
    }

    [Fact]
    public async Task A_repository_that_is_gone_is_a_failure_and_failures_are_counted()
    {
        using var ended = new SemaphoreSlim(0);
        await using var mirrors = new Mirrors(Options, TimeProvider.System, () => ended.Release());

        foreach (var count in Seq(1, 2))
        {
            var failed = Assert.IsType<ListingState.Failed>(
                await List(mirrors, ended, Ask(url: $"{repository.Root}/none.git"))
            );
            Assert.Equal(count, failed.Failures);
            Assert.Contains("none.git", Assert.IsType<Cause.CloneFailed>(failed.Cause).Detail);
        }
        Assert.IsType<ListingState.Listed>(await List(mirrors, ended, Ask()));
    }

    [Fact]
    public async Task Whatever_goes_wrong_is_a_failure_and_not_a_question_without_end() =>
        Assert.IsType<ListingState.Failed>(await List(Options with { Directory = "/no\0directory" }, Ask()));

    [Fact]
    public async Task An_answer_is_known_until_nobody_asks_for_it()
    {
        using var ended = new SemaphoreSlim(0);
        await using var mirrors = new Mirrors(Options, TimeProvider.System, () => ended.Release());

        await List(mirrors, ended, Ask());

        Assert.True(mirrors.Listings(Set<ProjectId>()).IsEmpty);
        Assert.True(mirrors.Listings(Set(Project)).IsEmpty);
    }

    [Fact]
    public async Task An_answer_that_was_cut_off_is_a_failure()
    {
        var main = repository.Push("main", "1");
        foreach (var number in Range(1, 5000))
            repository.AddReference(Encoding.ASCII.GetBytes($"refs/heads/{new string('x', 4000)}/{number}"), main);

        Assert.Contains(
            "cut off",
            Assert.IsType<Cause.CloneFailed>(Assert.IsType<ListingState.Failed>(await List()).Cause).Detail
        );
    }

    [Fact]
    public async Task A_repository_that_does_not_answer_fails_after_the_time_of_questions_not_of_fetches()
    {
        using var silence = new Silence();

        var state = await List(
            Silence.Reached(Options) with
            {
                ListingTimeout = TimeSpan.FromSeconds(1),
            },
            Ask(silence.Url)
        );

        Assert.Equal(new Cause.CloneFailed("it took longer than 1 s"), Assert.IsType<ListingState.Failed>(state).Cause);
    }

    [Fact]
    public async Task Repositories_that_do_not_answer_do_not_silence_the_others()
    {
        using var silence = new Silence();
        using var ended = new SemaphoreSlim(0);
        await using var mirrors = new Mirrors(Silence.Reached(Options), TimeProvider.System, () => ended.Release());

        foreach (var project in Range(11, 8))
            await mirrors.StartListing(Ask(silence.Url, project: project), CancellationToken.None);

        Assert.IsType<ListingState.Listed>(await List(mirrors, ended, Ask()));
    }

    private MirrorOptions Options => new(repository.Mirrors, None, Seq("https", "file"));

    private Core.Planning.Action.StartListing Ask(
        string? url = null,
        Set<DeliveryId> deliveries = default,
        Set<int> pullRequests = default,
        int project = 3
    ) =>
        new(
            new DesiredProject(
                new ProjectId(project),
                Sure(ProjectName.Parse("test", "hello")),
                url ?? repository.Bare,
                Sure(BranchName.Parse("test", "main")),
                None,
                Set<DeployEnvironment>(),
                IsBeingRemoved: false
            ),
            deliveries,
            pullRequests
        );

    private Task<ListingState> List(Set<DeliveryId> deliveries = default, Set<int> pullRequests = default) =>
        List(Options, Ask(null, deliveries, pullRequests));

    private static async Task<ListingState> List(MirrorOptions options, Core.Planning.Action.StartListing ask)
    {
        using var ended = new SemaphoreSlim(0);
        await using var mirrors = new Mirrors(options, TimeProvider.System, () => ended.Release());
        return await List(mirrors, ended, ask);
    }

    private static async Task<ListingState> List(
        Mirrors mirrors,
        SemaphoreSlim ended,
        Core.Planning.Action.StartListing ask
    )
    {
        await mirrors.StartListing(ask, CancellationToken.None);
        Assert.True(await ended.WaitAsync(TimeSpan.FromSeconds(60)));
        return mirrors.Listings(Set(Project))[Project];
    }

    private static T Sure<T>(Validation<Problem, T> given) =>
        given.Match(value => value, problems => throw new InvalidOperationException(string.Join("; ", problems)));

    /// <summary>A forge that takes connections and says nothing.</summary>
    private sealed class Silence : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Silence() => listener.Start();

        public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/silent.git";

        public static MirrorOptions Reached(MirrorOptions options) =>
            options with
            {
                AllowedProtocols = Seq("file", "http"),
            };

        public void Dispose() => listener.Dispose();
    }
}
