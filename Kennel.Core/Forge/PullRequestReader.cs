using System.Globalization;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Forge;

/// <summary>Reads events of pull requests.</summary>
internal static partial class PullRequestReader
{
    private const string PullReferences = "refs/pull/";

    internal static Validation<Problem, News> Read(ForgeFields fields, ForgeRepository repository) =>
        (fields.Text("action").Bind(action => Action(fields, action)), fields.Object("pull_request"))
            .Apply((action, pullRequest) => (Action: action, PullRequest: pullRequest))
            .Bind(given =>
                Number(fields, given.PullRequest)
                    .Bind(number =>
                        Matters(fields, given.Action)
                            ? PullRequest(given.PullRequest, number, given.Action, repository)
                                .Map<News>(it => new News.OfPullRequest(it, given.Action == "reopened"))
                            : Success<Problem, News>(
                                new News.Nothing($"pull request #{number}: {given.Action} changes nothing to deploy")
                            )
                    )
            );

    // Forgejo says synchronized, GitHub synchronize. Of edits only a new base matters.
    private static bool Matters(ForgeFields fields, string action) =>
        action switch
        {
            "opened" or "reopened" or "synchronized" or "synchronize" or "closed" => true,
            "edited" => fields.OptionalObject("changes").Exists(changes => changes.Exists(HasNewBase)),
            _ => false,
        };

    private static bool HasNewBase(ForgeFields changes) => changes.Has("ref") || changes.Has("base");

    private static Validation<Problem, string> Action(ForgeFields fields, string action) =>
        ActionPattern().IsMatch(action)
            ? Success<Problem, string>(action)
            : Fail<Problem, string>(Problem.Of(fields.At("action"), action, "a word such as opened"));

    private static Validation<Problem, int> Number(ForgeFields fields, ForgeFields pullRequest) =>
        (pullRequest.Whole("number", 1, int.MaxValue), fields.OptionalWhole("number", 1, int.MaxValue))
            .Apply((inner, outer) => (Inner: inner, Outer: outer))
            .Bind(given =>
                given.Outer.ForAll(outer => outer == given.Inner)
                    ? Success<Problem, int>((int)given.Inner)
                    : Fail<Problem, int>(
                        Problem.Of(fields.At("number"), $"{given.Outer}", $"{given.Inner}, as in the pull request")
                    )
            );

    private static Validation<Problem, PullRequest> PullRequest(
        ForgeFields fields,
        int number,
        string action,
        ForgeRepository repository
    ) =>
        (
            State(fields, action),
            fields.Text("updated_at").Bind(text => Time(fields.At("updated_at"), text)),
            fields.Object("head").Bind(PullRequestSide.Read),
            fields.Object("base").Bind(PullRequestSide.Read).Bind(side => OfRepository(fields, side, repository)),
            fields.OptionalWhole("flow", 0, int.MaxValue)
        ).Apply(
            (state, updatedAt, head, target, flow) =>
                new PullRequest(
                    number,
                    state,
                    updatedAt,
                    head.Reference,
                    target.Reference,
                    Stranger(state, head, repository, flow.IfNone(0))
                )
        );

    private static Validation<Problem, PullRequestState> State(ForgeFields fields, string action) =>
        (fields.Flag("merged"), fields.OptionalText("state"))
            .Apply((isMerged, state) => (IsMerged: isMerged, State: state.IfNone("open")))
            .Bind(given =>
                given.IsMerged ? Success<Problem, PullRequestState>(PullRequestState.Merged)
                : action == "closed" || given.State == "closed"
                    ? Success<Problem, PullRequestState>(PullRequestState.Closed)
                : given.State == "open" ? Success<Problem, PullRequestState>(PullRequestState.Open)
                : Fail<Problem, PullRequestState>(Problem.Of(fields.At("state"), given.State, "open or closed"))
            );

    private static Validation<Problem, PullRequestSide> OfRepository(
        ForgeFields fields,
        PullRequestSide target,
        ForgeRepository repository
    ) =>
        target.Repository == Some(repository.Id)
            ? Success<Problem, PullRequestSide>(target)
            : Fail<Problem, PullRequestSide>(
                Problem.Of(
                    fields.At("base.repo.id"),
                    target.Repository.Match(id => id.ToString(CultureInfo.InvariantCulture), () => "nothing"),
                    $"{repository.Id}, the repository of the delivery"
                )
            );

    // Where the branch of a closed one is gone, its head has the same name as that of one without any branch.
    private static Option<string> Stranger(
        PullRequestState state,
        PullRequestSide head,
        ForgeRepository repository,
        long flow
    ) =>
        head.Repository.IsNone ? Some("its repository was deleted")
        : head.Repository != Some(repository.Id) ? Some("it comes from another repository")
        : flow != 0 || head.Label == Some("") ? Some("it was pushed without a branch, which needs no right to write")
        : state == PullRequestState.Open && head.Reference.StartsWith(PullReferences, StringComparison.Ordinal)
            ? Some("it has no branch, so that anybody may have pushed it")
        : None;

    private static Validation<Problem, DateTimeOffset> Time(string where, string text) =>
        TimePattern().Match(text) is { Success: true } parts
        && DateTimeOffset.TryParse(
            $"{parts.Groups[1].Value}{parts.Groups[2].Value}{parts.Groups[3].Value}",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? Success<Problem, DateTimeOffset>(time)
            : Fail<Problem, DateTimeOffset>(Problem.Of(where, text, "a time with its zone: 2026-01-31T12:00:00+01:00"));

    [GeneratedRegex(@"\A[a-z_]{1,64}\z")]
    private static partial Regex ActionPattern();

    // Servers tell nanoseconds; what is below a tenth of a microsecond is left out.
    [GeneratedRegex(
        @"\A([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,7})?[0-9]{0,2}(Z|[+-][0-9]{2}:[0-9]{2})\z"
    )]
    private static partial Regex TimePattern();
}
