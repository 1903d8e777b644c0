using Kennel.Core.Domain;
using Kennel.Core.Forge;

namespace Kennel.Tests.Forge;

public sealed class ForgeEventsTests
{
    [Theory]
    [InlineData("refs/heads/main", "main")]
    [InlineData("refs/heads/feature/X.1", "feature/X.1")]
    [InlineData("refs/heads/ü", "ü")]
    [InlineData("refs/heads/pr-42", "pr-42")]
    [InlineData("refs/heads/refs/tags/v1", "refs/tags/v1")]
    public void A_push_names_the_whole_branch_and_its_commit(string reference, string branch)
    {
        var it = Assert.IsType<News.OfBranch>(Read("push", Bodies.Push(reference)));

        Assert.Equal(
            (branch, Some(Bodies.Commit), false),
            (it.Branch.Value, it.Commit.Map(id => id.Value), it.IsDeletion)
        );
    }

    [Theory]
    [InlineData(40)]
    [InlineData(64)]
    public void A_push_to_a_commit_of_all_zeros_is_a_deletion(int digits)
    {
        var body = Bodies.Push(before: new string('a', digits), after: new string('0', digits));

        Assert.Equal("branch main was deleted", Read("push", body).Describe());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(64)]
    public void A_push_from_a_commit_of_all_zeros_is_a_new_branch(int digits)
    {
        var body = Bodies.Push(before: new string('0', digits), after: new string('a', digits));

        Assert.Equal("branch main is at aaaaaaaaaa", Read("push", body).Describe());
    }

    [Fact]
    public void A_test_delivery_needs_nothing() =>
        Assert.Contains("test delivery", Nothing("push", Bodies.Push(before: Bodies.Commit)));

    [Theory]
    [InlineData("push", "refs/tags/v1", "")]
    [InlineData("push", "refs/for/main", "")]
    [InlineData("push", "refs/pull/1/head", "")]
    [InlineData("push", "refs/headsX/main", "")]
    [InlineData("create", "refs/tags/v1", "tag")]
    [InlineData("create", "v1", "tag")]
    [InlineData("create", "refs/heads/v1", "tag")]
    [InlineData("delete", "refs/tags/v1", "tag")]
    [InlineData("delete", "v1", "tag")]
    public void What_is_no_branch_never_becomes_one(string name, string reference, string type) =>
        Nothing(
            name,
            name switch
            {
                "push" => Bodies.Push(reference),
                "create" => Bodies.Create(reference, type),
                _ => Bodies.Delete(reference, type),
            }
        );

    [Theory]
    [InlineData("refs/heads/feature/x")]
    [InlineData("feature/x")]
    public void A_branch_is_made_and_deleted_by_its_whole_and_by_its_short_name(string reference)
    {
        Assert.Equal("branch feature/x is at 1234567890", Read("create", Bodies.Create(reference)).Describe());
        Assert.Equal("branch feature/x was deleted", Read("delete", Bodies.Delete(reference)).Describe());
    }

    [Fact]
    public void The_creation_of_a_branch_cannot_be_sent_again_as_its_deletion()
    {
        Refused("delete", Bodies.Create("main"));
        Refused("create", Bodies.Delete("main"));
    }

    [Theory]
    [InlineData("refs/heads/-x")]
    [InlineData("refs/heads/a..b")]
    [InlineData("refs/heads/a b")]
    [InlineData("refs/heads/a\\u0000b")]
    [InlineData("refs/heads/a\\ud800b")]
    [InlineData("refs/heads/")]
    [InlineData("main")]
    [InlineData("refs/heads/a.lock")]
    public void A_branch_that_git_forbids_is_refused(string reference) => Refused("push", Bodies.Push(reference));

    [Theory]
    [InlineData("refs/tags/v1")]
    [InlineData("refs/heads/..")]
    [InlineData("")]
    public void A_branch_that_is_made_or_deleted_must_be_one(string reference)
    {
        Refused("create", Bodies.Create(reference));
        Refused("delete", Bodies.Delete(reference));
    }

    [Theory]
    [InlineData("ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD")]
    [InlineData("1234")]
    [InlineData("")]
    public void A_commit_is_a_whole_one(string after) => Refused("push", Bodies.Push(after: after));

    [Theory]
    [InlineData("issues")]
    [InlineData("issue_comment")]
    [InlineData("pull_request_approved")]
    [InlineData("fork")]
    [InlineData("release")]
    [InlineData("ping")]
    [InlineData("an_event_that_is_yet_to_come")]
    public void Other_events_need_nothing(string name) =>
        Nothing(name, $$"""{ "repository": {{Bodies.Repository()}} }""");

    [Theory]
    [InlineData("push", "")]
    [InlineData("push", "{")]
    [InlineData("push", "[]")]
    [InlineData("push", "null")]
    [InlineData("push", "{}")]
    [InlineData("push", """{ "repository": [] }""")]
    [InlineData("push", """{ "\ud800": 1 }""")]
    [InlineData("ping", """{ "zen": 1 }""")]
    [InlineData("", """{ "repository": 1 }""")]
    [InlineData("push\n", """{ "repository": 1 }""")]
    public void What_is_not_what_its_event_claims_is_refused(string name, string body) => Refused(name, body);

    [Fact]
    public void A_body_of_another_event_is_refused()
    {
        Refused("pull_request", Bodies.Push());
        Refused("push", Bodies.PullRequest("opened"));
        Refused("create", Bodies.Push());
    }

    [Fact]
    public void A_key_that_stands_twice_is_refused() =>
        Refused("push", Bodies.Push().Replace("\"commits\": []", "\"ref\": \"refs/heads/other\""));

    [Fact]
    public void A_body_that_is_too_deep_or_too_large_is_refused()
    {
        Refused("push", Bodies.Push().Replace("[]", new string('[', 5000) + new string(']', 5000)));
        Refused("push", Bodies.Push().Replace("[]", $"[\"{new string('x', ForgeEvents.BodyBytesMax)}\"]"));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var problems = Refused("push", Bodies.Push("main", "x", "y"));

        Assert.Equal(
            ["push: ref", "push: before", "push: after"],
            problems.Map(problem => problem.Where).AsEnumerable()
        );
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e30")]
    [InlineData("\"7\"")]
    [InlineData("null")]
    public void A_repository_has_a_number(string id) =>
        Refused("push", Bodies.Push(repository: Bodies.Repository().Replace("\"id\": 7", $"\"id\": {id}")));

    [Fact]
    public void A_repository_without_any_branch_has_no_default_branch() =>
        Assert.Equal(
            Option<BranchName>.None,
            Message(
                "push",
                Bodies.Push(repository: Bodies.Repository().Replace("\"main\"", "\"\""))
            ).Repository.DefaultBranch
        );

    private static ForgeMessage Message(string name, string body) =>
        ForgeEvents
            .Read(name, body)
            .IfFail(problems => throw new InvalidOperationException(string.Join("; ", problems)));

    internal static News Read(string name, string body) => Message(name, body).News;

    internal static string Nothing(string name, string body) => Assert.IsType<News.Nothing>(Read(name, body)).Why;

    internal static Seq<Problem> Refused(string name, string body)
    {
        var problems = ForgeEvents.Read(name, body).Match(_ => Seq<Problem>(), problems => problems);
        Assert.NotEmpty(problems);
        return problems;
    }
}
