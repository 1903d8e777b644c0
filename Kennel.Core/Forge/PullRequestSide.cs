using Kennel.Core.Domain;

namespace Kennel.Core.Forge;

/// <summary>Where a pull request comes from, or where it is to go.</summary>
/// <param name="Label">What people call it; empty where there never was a branch.</param>
/// <param name="Reference">The name of the branch, or <c>refs/pull/N/head</c> where there is none.</param>
/// <param name="Repository">The forge's number of the repository; none where that is gone.</param>
internal sealed record PullRequestSide(Option<string> Label, string Reference, Option<long> Repository)
{
    internal static Validation<Problem, PullRequestSide> Read(ForgeFields fields) =>
        (
            fields.OptionalText("label"),
            fields.Text("ref").Bind(name => BranchName.Parse(fields.At("ref"), name)),
            fields.OptionalObject("repo").Bind(repository => RepositoryOf(fields, repository))
        ).Apply((label, reference, repository) => new PullRequestSide(label, reference.Value, repository));

    // Forgejo says -1 for one that is gone; GitHub tells the number inside the repository only.
    private static Validation<Problem, Option<long>> RepositoryOf(ForgeFields side, Option<ForgeFields> repository) =>
        repository.Match(
            inner =>
                (
                    side.OptionalWhole("repo_id", long.MinValue, long.MaxValue),
                    inner.OptionalWhole("id", long.MinValue, long.MaxValue)
                ).Apply((outer, id) => (outer | id).Filter(number => number > 0)),
            () => Success<Problem, Option<long>>(None)
        );
}
