using Kennel.Core.Forge;

namespace Kennel.Core.Views;

/// <summary>What the forge delivered once.</summary>
/// <param name="Id">Its number: the order of arrival.</param>
/// <param name="ReceivedAt">When it arrived.</param>
/// <param name="Event">The event's name, such as <c>push</c>.</param>
/// <param name="Project">The project it is about, while it is registered.</param>
/// <param name="Branch">The branch, or <c>#</c> and a pull request's number, where it is about one.</param>
/// <param name="Meaning">What it led to; absent while it waits to be handled.</param>
public sealed record DeliveryView(
    long Id,
    DateTimeOffset ReceivedAt,
    string Event,
    Option<string> Project,
    Option<string> Branch,
    Option<string> Meaning
);

/// <summary>A pull request as the forge last described it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State"><c>open</c>, <c>closed</c> or <c>merged</c>.</param>
/// <param name="UpdatedAt">When the forge last changed it.</param>
/// <param name="Head">The branch that it brings.</param>
/// <param name="Base">The branch that it is to be merged into.</param>
/// <param name="Stranger">Why its code is not trusted, if it is not.</param>
public sealed record PullRequestView(
    int Number,
    string State,
    DateTimeOffset UpdatedAt,
    string Head,
    string Base,
    Option<string> Stranger
)
{
    /// <summary>The view of a pull request.</summary>
    public static PullRequestView Of(PullRequest pullRequest) =>
        new(
            pullRequest.Number,
            pullRequest.State.Word(),
            pullRequest.UpdatedAt,
            pullRequest.HeadReference,
            pullRequest.BaseReference,
            pullRequest.Stranger
        );
}

/// <summary>Deliveries that were refused because of their signature, since Kennel started.</summary>
/// <param name="Count">How many.</param>
/// <param name="LastAt">When the last one came.</param>
public sealed record RefusedDeliveriesView(int Count, DateTimeOffset LastAt);

/// <summary>The webhook of a project in the forge.</summary>
/// <param name="TargetUrl">Where it delivers to.</param>
/// <param name="SecretFile">The file with its secret.</param>
/// <param name="Events">What it delivers.</param>
/// <param name="State">
/// What was done: <c>made</c>, <c>replaced</c>, <c>kept</c>, <c>removed</c>, <c>absent</c>; or what is to be done:
/// <c>by-hand</c>.
/// </param>
/// <param name="Warning">What went wrong where Kennel tried by itself.</param>
public sealed record WebhookView(
    string TargetUrl,
    Option<string> SecretFile,
    Seq<string> Events,
    string State,
    Option<string> Warning
);

/// <summary>A registered repository with what the forge told of it.</summary>
/// <param name="Project">The project.</param>
/// <param name="TargetUrl">Where its webhook delivers to.</param>
/// <param name="SecretFile">The file with the secret of its webhook: its own, or that of all webhooks.</param>
/// <param name="HasOwnSecret">Whether that file is its own.</param>
/// <param name="Refused">Deliveries with a bad signature, if there were any.</param>
/// <param name="Deliveries">The last deliveries, newest first.</param>
public sealed record ProjectDetailsView(
    ProjectView Project,
    string TargetUrl,
    Option<string> SecretFile,
    bool HasOwnSecret,
    Option<RefusedDeliveriesView> Refused,
    Seq<DeliveryView> Deliveries
)
{
    /// <summary>After how long without activity its branches expire.</summary>
    public Option<ExpiryView> Expiry { get; init; }
}
