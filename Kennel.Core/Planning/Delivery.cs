using Kennel.Core.Domain;
using Kennel.Core.Forge;

namespace Kennel.Core.Planning;

/// <summary>A delivery that was accepted from the forge and not yet handled.</summary>
/// <param name="Id">The store's number: the order of arrival.</param>
/// <param name="Project">The project it was accepted for; none where its repository is to register itself.</param>
/// <param name="Message">What it says.</param>
/// <param name="ReceivedAt">When it arrived.</param>
public sealed record Delivery(
    DeliveryId Id,
    Option<ProjectId> Project,
    ForgeMessage Message,
    DateTimeOffset ReceivedAt
);

/// <summary>What became of a delivery.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Meaning">What it led to, or why to nothing, for people.</param>
public sealed record DeliveryEnd(DeliveryId Delivery, string Meaning);

/// <summary>What deliveries make of one branch or pull request.</summary>
public abstract record BranchIntent(Branch Branch)
{
    /// <summary>Its head is to be deployed.</summary>
    /// <param name="Branch">The branch or pull request.</param>
    /// <param name="Commit">The head that was seen.</param>
    public sealed record Deploy(Branch Branch, CommitId Commit) : BranchIntent(Branch);

    /// <summary>It is to go.</summary>
    /// <param name="Branch">The branch or pull request.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Remove(Branch Branch, string Reason) : BranchIntent(Branch);
}
