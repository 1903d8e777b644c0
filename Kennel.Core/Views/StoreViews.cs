namespace Kennel.Core.Views;

/// <summary>A registered repository.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Its owner in the forge, where one was given.</param>
/// <param name="CloneUrl">Where it is fetched from.</param>
/// <param name="DefaultBranch">The branch that is production.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="Environments">The environments it is deployed to.</param>
/// <param name="RepositoryId">The forge's number of the repository, once a delivery told it.</param>
/// <param name="SecretFile">The file with the secret of its webhook, where it has one of its own.</param>
/// <param name="Webhook">What was done about its webhook just now, where something was.</param>
public sealed record ProjectView(
    string Name,
    Option<string> Owner,
    string CloneUrl,
    string DefaultBranch,
    DateTimeOffset CreatedAt,
    Seq<string> Environments,
    Option<long> RepositoryId,
    Option<string> SecretFile,
    Option<WebhookView> Webhook
)
{
    /// <summary>What it is called in the secret store, where that is not its name.</summary>
    public Option<string> SecretsProject { get; init; }
}

/// <summary>One attempt to turn a commit into store paths.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch, or <c>#</c> and a pull request's number.</param>
/// <param name="State"><c>queued</c>, <c>building</c>, <c>built</c>, <c>done</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Commit">The commit, once known.</param>
/// <param name="Cause">Why it failed or was cancelled.</param>
/// <param name="QueuedAt">When it was asked for.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
public sealed record BuildView(
    long Id,
    string Project,
    string Branch,
    string State,
    Option<string> Commit,
    Option<CauseView> Cause,
    DateTimeOffset QueuedAt,
    Option<DateTimeOffset> StartedAt,
    Option<DateTimeOffset> EndedAt
)
{
    /// <summary>What it brings anew, if it does: <c>redeploy of build 7</c>.</summary>
    public Option<string> Repeats { get; init; }

    /// <summary>The build that its branch is pinned to, as long as that keeps this one from being deployed.</summary>
    public Option<long> WaitsForPin { get; init; }

    /// <summary>Whether nothing more happens to it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEnded => State is "done" or "failed" or "cancelled";

    /// <summary>Whether its output is complete.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsLogComplete => IsEnded || State is "built";
}

/// <summary>What was done for a branch, and how it ended.</summary>
/// <param name="What">The action.</param>
/// <param name="Why">The reason for it.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FirstAt">The first time.</param>
/// <param name="LastAt">The last time.</param>
public sealed record HistoryView(
    string What,
    string Why,
    string Outcome,
    Option<string> Error,
    int Attempts,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt
);

/// <summary>The last lines of a unit that failed.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Cause">Why it failed.</param>
/// <param name="At">When.</param>
/// <param name="Lines">What it logged last, oldest first.</param>
public sealed record EvidenceView(string Unit, CauseView Cause, DateTimeOffset At, Seq<string> Lines);

/// <summary>A branch that is being removed.</summary>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch, or <c>#</c> and a pull request's number.</param>
public sealed record BranchRemovalView(string Project, string Branch);
