using Kennel.Core.Views;

namespace Kennel.Tests.Views;

/// <summary>What the forge told of project hello.</summary>
internal static class ForgeScene
{
    public static readonly ProjectView Project = new(
        "hello",
        "club",
        "https://git.example.org/club/hello.git",
        "main",
        Scene.Now.AddDays(-1),
        Seq("prod", "preview"),
        7,
        "/var/lib/kennel/secrets/webhook-1",
        None
    );

    public static readonly RefusedDeliveriesView Refused = new(3, Scene.Now.AddMinutes(-1));

    public static readonly Seq<DeliveryView> Deliveries = Seq(
        Delivery(9, "pull_request", "#42", None),
        Delivery(8, "push", "main", "deploy bbbbbbbbbb to main"),
        Delivery(7, "push", None, "nothing: it is about a tag") with
        {
            Project = None,
        }
    );

    public static readonly Memory Stranger = Scene.NoMemory with
    {
        PullRequest = PullRequest("open", "it comes from another repository, club/fork"),
        Deliveries = Seq1(Delivery(9, "pull_request", "#42", "refused: it comes from another repository, club/fork")),
        Refused = Refused,
    };

    public static DeliveryView Delivery(long id, string eventName, Option<string> branch, Option<string> meaning) =>
        new(id, Scene.Now.AddMinutes(id - 10), eventName, "hello", branch, meaning);

    public static PullRequestView PullRequest(string state, Option<string> stranger) =>
        new(42, state, Scene.Now.AddMinutes(-1), "fix", "main", stranger);

    public static WebhookView Webhook(string state) =>
        new(
            "http://127.0.0.1:3000/webhook/hello",
            Project.SecretFile,
            Seq("push", "create", "delete", "pull_request"),
            state,
            None
        );
}
