using Kennel.Core.Domain;
using Kennel.Core.Views;

namespace Kennel.Tests.Views;

public sealed class AbsenceTests
{
    private static readonly Branch Request = new Branch.PullRequest(42);

    private static string Headline(Branch branch, Memory memory) =>
        Absence.Explain(Scene.Hello, branch, memory).Match(verdict => verdict.Headline, () => "nothing");

    private static Memory Told(Option<PullRequestView> pullRequest, params DeliveryView[] deliveries) =>
        Scene.NoMemory with
        {
            PullRequest = pullRequest,
            Deliveries = deliveries.ToSeq(),
        };

    [Fact]
    public void What_the_forge_never_told_of_has_no_explanation() =>
        Assert.Equal("nothing", Headline(Request, Scene.NoMemory));

    [Fact]
    public void A_strangers_pull_request_is_refused_with_the_reason() =>
        Assert.Equal(
            "Pull request 42 is not deployed: it comes from another repository, club/fork.",
            Headline(Request, ForgeScene.Stranger)
        );

    [Theory]
    [InlineData("closed")]
    [InlineData("merged")]
    public void An_ended_pull_request_is_that_whoever_made_it(string state) =>
        Assert.Equal(
            $"Pull request 42 is {state}; nothing of it is left.",
            Headline(Request, Told(ForgeScene.PullRequest(state, "it comes from another repository")))
        );

    [Fact]
    public void An_open_pull_request_is_told_with_what_its_last_delivery_led_to()
    {
        var open = ForgeScene.PullRequest("open", None);
        var handled = ForgeScene.Delivery(9, "pull_request", "#42", "nothing: hello is not deployed to preview");

        Assert.Equal("Pull request 42 is open and not deployed.", Headline(Request, Told(open)));
        Assert.Equal(
            "Pull request 42 is open, and it is not deployed. The last delivery about it (pull_request) led to: "
                + "nothing: hello is not deployed to preview.",
            Headline(Request, Told(open, handled))
        );
    }

    [Fact]
    public void A_delivery_that_waits_is_told_as_waiting() =>
        Assert.Equal(
            "Branch main is not deployed yet: the last delivery about it (push) waits to be handled.",
            Headline(Scene.Main, Told(None, ForgeScene.Delivery(9, "push", "main", None)))
        );
}
