using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Forge;

/// <summary>Reads the events by which branches come, change and go.</summary>
internal static partial class PushReader
{
    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";
    private const string References = "refs/";

    /// <summary>
    /// A push. A commit of all zeros after it is a deletion: older servers say so beside the event that is meant for
    /// it.
    /// </summary>
    internal static Validation<Problem, News> Push(ForgeFields fields) =>
        (fields.Text("ref").Bind(name => Full(fields.At("ref"), name)), Id(fields, "before"), Id(fields, "after"))
            .Apply((reference, before, after) => (Reference: reference, Before: before, After: after))
            .Bind(push =>
                push.Before == push.After ? Nothing("a test delivery: nothing was pushed")
                : push.Reference.StartsWith(Tags, StringComparison.Ordinal) ? Nothing("a tag was pushed")
                : !push.Reference.StartsWith(Heads, StringComparison.Ordinal) ? Nothing("the reference is no branch")
                : Branch(fields, push.Reference[Heads.Length..])
                    .Map<News>(branch => new News.OfBranch(branch, Commit(push.After), IsZero(push.After)))
            );

    /// <summary>A new branch or tag.</summary>
    internal static Validation<Problem, News> Create(ForgeFields fields) =>
        LooksLikeDeletion(fields)
            ? NotAsClaimed(fields, "a body of the event create, not of delete")
            : (OfType(fields), fields.Has("sha") ? Id(fields, "sha").Map(Some) : NoId())
                .Apply((branch, id) => (Branch: branch, Id: id))
                .Map(made =>
                    made.Branch.Match<News>(
                        branch => new News.OfBranch(branch, made.Id.Bind(Commit), IsDeletion: false),
                        () => new News.Nothing("a tag was made")
                    )
                );

    /// <summary>A branch or tag is gone.</summary>
    internal static Validation<Problem, News> Delete(ForgeFields fields) =>
        LooksLikeDeletion(fields)
            ? OfType(fields)
                .Map(found =>
                    found.Match<News>(
                        branch => new News.OfBranch(branch, None, IsDeletion: true),
                        () => new News.Nothing("a tag was deleted")
                    )
                )
            : NotAsClaimed(fields, "a body of the event delete: with pusher_type and without sha");

    // The event's name is not signed; a deletion is told from the creation of the same branch by its body.
    private static bool LooksLikeDeletion(ForgeFields fields) =>
        fields.Has("pusher_type") && !fields.Has("sha") && !fields.Has("master_branch");

    private static Validation<Problem, News> NotAsClaimed(ForgeFields fields, string allowed) =>
        Fail<Problem, News>(Problem.Of(fields.At("pusher_type"), "a body of another event", allowed));

    // A hook of type forgejo tells the whole reference, others the short name.
    private static Validation<Problem, Option<BranchName>> OfType(ForgeFields fields) =>
        (fields.Text("ref"), fields.Text("ref_type"))
            .Apply((name, type) => (Name: name, Type: type))
            .Bind(given =>
                given.Type switch
                {
                    "tag" => Success<Problem, Option<BranchName>>(None),
                    "branch" when given.Name.StartsWith(Heads, StringComparison.Ordinal) => Branch(
                            fields,
                            given.Name[Heads.Length..]
                        )
                        .Map(Some),
                    "branch" when given.Name.StartsWith(References, StringComparison.Ordinal) => Fail<
                        Problem,
                        Option<BranchName>
                    >(Problem.Of(fields.At("ref"), given.Name, "a branch: refs/heads/name or the short name")),
                    "branch" => Branch(fields, given.Name).Map(Some),
                    _ => Fail<Problem, Option<BranchName>>(
                        Problem.Of(fields.At("ref_type"), given.Type, "branch or tag")
                    ),
                }
            );

    private static Validation<Problem, string> Full(string where, string reference) =>
        reference.StartsWith(References, StringComparison.Ordinal) && !reference.Any(char.IsControl)
            ? Success<Problem, string>(reference)
            : Fail<Problem, string>(Problem.Of(where, reference, "a whole reference, such as refs/heads/main"));

    private static Validation<Problem, BranchName> Branch(ForgeFields fields, string name) =>
        BranchName.Parse(fields.At("ref"), name);

    private static Validation<Problem, string> Id(ForgeFields fields, string key) =>
        fields
            .Text(key)
            .Bind(id =>
                IdPattern().IsMatch(id)
                    ? Success<Problem, string>(id)
                    : Fail<Problem, string>(
                        Problem.Of(fields.At(key), id, "a commit id of 40 or 64 hexadecimal digits")
                    )
            );

    private static Validation<Problem, Option<string>> NoId() => Success<Problem, Option<string>>(None);

    private static Option<CommitId> Commit(string id) => CommitId.Parse("", id).ToOption();

    private static bool IsZero(string id) => id.All(digit => digit == '0');

    private static Validation<Problem, News> Nothing(string why) => Success<Problem, News>(new News.Nothing(why));

    [GeneratedRegex(@"\A(?:[0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex IdPattern();
}
