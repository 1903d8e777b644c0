using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>Reads how to tell that a service is ready: <c>ready</c> in <c>kennel.json</c>.</summary>
internal static partial class ReadyReader
{
    private const int PathLengthMax = 1024;
    private const int StatusMin = 100;
    private const int StatusMax = 599;
    private const int PeriodSecondsMax = 60;
    private const int DeadlineSecondsMax = 3600;
    private const int StayUpSecondsMax = 3600;

    private const string Allowed =
        "\"tcp\", \"notify\", or an object with just one of {\"path\": \"/…\"}, {\"http\": {\"get\": {\"path\": \"/…\"}}}, "
        + "{\"tcp\": true} and {\"notify\": true}";

    /// <summary>The keys of <c>ready</c>.</summary>
    internal static readonly Set<string> Keys = Set(
        "path",
        "http",
        "tcp",
        "notify",
        "statuses",
        "periodSeconds",
        "period_seconds",
        "deadlineSeconds",
        "deadline_seconds",
        "stayUpSeconds",
        "stay_up_seconds"
    );

    /// <summary>A word, or an object that says more.</summary>
    internal static Validation<Problem, Readiness> Read(string where, JsonNode node) =>
        node switch
        {
            JsonNode.Text { Value: "tcp" } => Success<Problem, Readiness>(new Readiness.Tcp()),
            JsonNode.Text { Value: "notify" } => Success<Problem, Readiness>(new Readiness.Notify()),
            JsonNode.Fields => JsonFields.Of(where, node).Bind(Fields),
            _ => JsonFields.Wrong<Readiness>(where, node, Allowed),
        };

    private static Validation<Problem, Readiness> Fields(JsonFields fields) =>
        (
            fields.Read(UrlPath, "path"),
            fields.Read(HttpPath, "http"),
            fields.Read(JsonFields.Flag, "tcp"),
            fields.Read(JsonFields.Flag, "notify"),
            fields.Read(Statuses, "statuses"),
            Seconds(fields)
        )
            .Apply(
                (path, http, tcp, notify, statuses, seconds) =>
                    Joined(
                            Kind(path, given => new Readiness.Http(given)),
                            Kind(http, given => new Readiness.Http(given)),
                            Kind(tcp.Filter(isGiven => isGiven), _ => new Readiness.Tcp()),
                            Kind(notify.Filter(isGiven => isGiven), _ => new Readiness.Notify())
                        )
                        .Map(kind => With(kind, statuses, seconds))
                        .Strict()
            )
            .Bind(kinds => One(fields, kinds));

    private static Seq<Readiness> Kind<T>(Option<T> given, Func<T, Readiness> make) => given.Map(make).ToSeq();

    private static Readiness With(Readiness kind, Option<Set<int>> statuses, TrialSeconds seconds) =>
        kind is Readiness.Http http
            ? http with
            {
                Statuses = statuses.IfNone(Set<int>()),
                Seconds = seconds,
            }
            : kind with
            {
                Seconds = seconds,
            };

    private static Validation<Problem, Readiness> One(JsonFields fields, Seq<Readiness> kinds)
    {
        if (kinds.Count != 1)
            return Fail<Problem, Readiness>(
                Problem.Of(fields.Where, string.Join(" and ", fields.Values.Keys), Allowed)
            );
        return kinds[0] is not Readiness.Http && fields.Values.ContainsKey("statuses")
            ? Fail<Problem, Readiness>(
                Problem.Of(fields.At("statuses"), "statuses without a path", "statuses together with a path to ask for")
            )
            : Success<Problem, Readiness>(kinds[0]);
    }

    private static Validation<Problem, TrialSeconds> Seconds(JsonFields fields) =>
        (
            fields.Read(JsonFields.Whole(1, PeriodSecondsMax), "periodSeconds", "period_seconds"),
            fields.Read(JsonFields.Whole(1, DeadlineSecondsMax), "deadlineSeconds", "deadline_seconds"),
            fields.Read(JsonFields.Whole(0, StayUpSecondsMax), "stayUpSeconds", "stay_up_seconds")
        ).Apply(
            (period, deadline, stayUp) =>
                new TrialSeconds(
                    period.Map(seconds => (int)seconds),
                    deadline.Map(seconds => (int)seconds),
                    stayUp.Map(seconds => (int)seconds)
                )
        );

    private static Validation<Problem, Set<int>> Statuses(string where, JsonNode node) =>
        JsonFields
            .ListOf(JsonFields.Whole(StatusMin, StatusMax))(where, node)
            .Bind(given =>
                given.IsEmpty
                    ? JsonFields.Wrong<Set<int>>(where, node, $"one or more statuses from {StatusMin} to {StatusMax}")
                    : Success<Problem, Set<int>>(toSet(given.Map(status => (int)status)))
            );

    // devenv takes "/" where its probe names no path.
    private static Validation<Problem, string> HttpPath(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(http =>
                http.Require(
                    "get",
                    (place, get) =>
                        JsonFields
                            .Of(place, get)
                            .Bind(fields => fields.Read(UrlPath, "path").Map(path => path.IfNone("/")))
                )
            );

    private static Validation<Problem, string> UrlPath(string where, JsonNode node) =>
        JsonFields
            .Text(where, node)
            .Bind(text =>
                PathPattern().IsMatch(text)
                    ? Success<Problem, string>(text)
                    : JsonFields.Wrong<string>(
                        where,
                        node,
                        $"a path that begins with / and has at most {PathLengthMax} ASCII letters"
                    )
            );

    [GeneratedRegex(@"\A/[!-""$-~]{0,1023}\z")]
    private static partial Regex PathPattern();
}
