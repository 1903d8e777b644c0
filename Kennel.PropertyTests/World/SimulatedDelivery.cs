using System.Globalization;
using System.Text.Json;
using Kennel.Core.Domain;

namespace Kennel.PropertyTests.World;

/// <summary>One delivery as the forge sends it.</summary>
public sealed record SimulatedDelivery(string Id, string Event, string Body)
{
    /// <summary>
    /// The reference that it tells to have moved, where that is all it tells: whoever looks at the repository sees that,
    /// too. That something was deleted, opened or closed is to be had from no look.
    /// </summary>
    public Option<string> Moved { get; init; }
}

/// <summary>The bodies of deliveries, with the fields that Forgejo's have and that anybody reads.</summary>
public static class DeliveryBodies
{
    private static readonly string Zero = new('0', 40);

    public static string Push(SimulatedRepository repository, string branch, Option<CommitId> before, CommitId after) =>
        Text(
            repository,
            ("ref", SimulatedRepository.Reference(branch)),
            ("before", before.Match(commit => commit.Value, () => Zero)),
            ("after", after.Value)
        );

    public static string Create(SimulatedRepository repository, string branch, CommitId commit) =>
        Text(
            repository,
            ("ref", SimulatedRepository.Reference(branch)),
            ("ref_type", "branch"),
            ("sha", commit.Value),
            ("default_branch", SimulatedRepository.DefaultBranch)
        );

    public static string Delete(SimulatedRepository repository, string branch) =>
        Text(
            repository,
            ("ref", SimulatedRepository.Reference(branch)),
            ("ref_type", "branch"),
            ("pusher_type", "user")
        );

    public static string PullRequest(SimulatedRepository repository, SimulatedPullRequest pullRequest, string action) =>
        Text(
            repository,
            ("action", action),
            ("number", pullRequest.Number),
            (
                "pull_request",
                new
                {
                    number = pullRequest.Number,
                    state = pullRequest.IsOpen ? "open" : "closed",
                    merged = pullRequest.IsMerged,
                    updated_at = pullRequest.UpdatedAt.ToString(
                        "yyyy-MM-dd'T'HH:mm:ss'Z'",
                        CultureInfo.InvariantCulture
                    ),
                    head = Side(repository, pullRequest.Branch),
                    @base = Side(repository, SimulatedRepository.DefaultBranch),
                }
            )
        );

    private static object Side(SimulatedRepository repository, string branch) =>
        new
        {
            label = branch,
            @ref = branch,
            repo_id = repository.Id,
            repo = new { id = repository.Id },
        };

    private static string Text(SimulatedRepository repository, params (string Key, object Value)[] fields)
    {
        var all = fields.ToDictionary(field => field.Key, field => field.Value);
        all["repository"] = new
        {
            id = repository.Id,
            name = repository.Name.Value,
            owner = new { login = "club" },
            clone_url = repository.CloneUrl,
            default_branch = SimulatedRepository.DefaultBranch,
        };
        return JsonSerializer.Serialize(all);
    }
}
