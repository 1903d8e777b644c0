using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Secrets;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>An earlier build that is to be brought anew.</summary>
/// <param name="Settings">The host's configuration.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Source">The build.</param>
/// <param name="Kind">What was asked for.</param>
/// <param name="At">When.</param>
internal sealed record RepeatInput(
    Settings Settings,
    DesiredBranch Branch,
    PastBuild Source,
    RepeatKind Kind,
    DateTimeOffset At
)
{
    /// <summary>The secrets that were read for a redeploy or a roll back.</summary>
    public Option<ReleaseSecrets> Fresh { get; init; }

    /// <summary>Whether the branch goes back to it: it is pinned then, and what was done to data is not done again.</summary>
    public bool IsRollBack { get; init; }

    /// <summary>What was typed.</summary>
    public string Command => CommandOf(Branch, IsRollBack);

    /// <summary>What is typed to redeploy a branch, or to roll it back.</summary>
    public static string CommandOf(DesiredBranch branch, bool isRollBack) =>
        $"kennel {(isRollBack ? "rollback" : "redeploy")} {branch.Title}";
}

/// <summary>The table <c>builds</c>, as far as builds became releases and are brought anew.</summary>
internal static class RepeatRecords
{
    private const string WithReleases = """
        SELECT b.id, b.commit_id, coalesce(b.ended_at, b.started_at, b.queued_at), b.repeats, b.repeat_kind,
            CASE WHEN b.result IS NULL THEN NULL
                ELSE (SELECT count(*) FROM json_each(b.result, '$.built.outputs')) END
        FROM builds b
        WHERE b.branch = @branch AND b.id IN (
            SELECT r.build FROM deployments d JOIN releases r ON r.deployment = d.id WHERE d.branch = @branch
        )
        ORDER BY b.id DESC
        """;

    /// <summary>The builds of a branch that became releases.</summary>
    internal static Seq<RecordedBuild> Builds(Session session, BranchId branch) =>
        session.Query(WithReleases, ReadBuild, ("@branch", branch.Value)).ToSeq().Strict();

    /// <summary>The kind and the origin of a repeat, from two columns.</summary>
    internal static Option<Repeat> RepeatAt(SqliteDataReader row, int first) =>
        from of in row.OptionalNumber(first)
        from kind in row.OptionalText(first + 1)
        select new Repeat(new BuildId(of), kind == "restart" ? RepeatKind.Restart : RepeatKind.Redeploy);

    /// <summary>The build that a redeploy or a restart brings anew.</summary>
    internal static Either<Refusal, PastBuild> Source(BranchHistory history, RepeatKind kind) =>
        kind switch
        {
            RepeatKind.Redeploy => history.Target.ToEither(() => Nothing(history.Branch, "to redeploy")),
            RepeatKind.Restart => IsUnderWay(history.Branch)
                ? new Refusal(
                    "on-trial",
                    $"Another release of {history.Branch.Title} is on its way; nothing was restarted.",
                    $"Wait until it serves or is rejected: kennel why {history.Branch.Title}"
                )
                : history.Serving.ToEither(() => Nothing(history.Branch, "to restart: nothing serves")),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Adds a build that is built already and aims at what it is turned into.</summary>
    internal static Either<Refusal, BuildRow> Repeat(
        Session session,
        RepeatInput input,
        Func<TargetInput, Either<Cause, TargetChange>> targets
    ) =>
        from result in Result(session, input.Branch, input.Source.Build.Id)
        from secrets in Secrets(input, result)
        from renewed in Renew(session, input, (result, secrets), targets)
        select renewed;

    private static Either<Refusal, Option<ReleaseSecrets>> Secrets(RepeatInput input, BuildResult.Built result) =>
        input.Kind == RepeatKind.Restart
            ? FreshSecrets.Kept(input.Branch, input.Source.Build.Id)
            : FreshSecrets
                .Plan(input.Settings, input.Branch, result, input.Command)
                .Bind(plan => FreshSecrets.Fitting(input.Branch, plan, input.Fresh, input.Command));

    private static Either<Refusal, BuildRow> Renew(
        Session session,
        RepeatInput input,
        (BuildResult.Built Result, Option<ReleaseSecrets> Secrets) made,
        Func<TargetInput, Either<Cause, TargetChange>> targets
    )
    {
        var build = Add(session, input);
        return Renewal
            .Of(
                new TargetInput(
                    input.Settings,
                    input.Branch,
                    build,
                    input.Source.Build.Commit,
                    made.Result,
                    ClaimRecords.Read(session)
                )
                {
                    Secrets = made.Secrets,
                },
                targets
            )
            .MapLeft(cause => Forbidden(input, cause.Describe()))
            .Map(renewal => Apply(session, input, build, renewal));
    }

    private static BuildRow Apply(Session session, RepeatInput input, BuildId build, Renewal renewal)
    {
        var branch = input.Branch.Id;
        session.Execute(
            "UPDATE branches SET epoch = @epoch WHERE id = @id",
            ("@id", branch.Value),
            ("@epoch", renewal.Epoch)
        );
        TargetRecords.Add(session, branch, build, renewal.Change, input.At);
        if (input.Kind is RepeatKind.Restart || input.IsRollBack)
            StepRecords.Carry(session, input.Source.Build.Id, build);
        // A branch that is pinned to a build stays pinned to it: to what it is now.
        if (input.IsRollBack || input.Branch.Life.Pin.IsSome)
            TargetRecords.SetPin(session, branch, build);
        TargetRecords.Aim(session, branch, build, input.At);
        TargetRecords.Supersede(session, branch, build, input.At);
        return IntentRows
            .Build(session, build)
            .IfNone(() => throw new DamagedRowException($"damaged row: build {build.Value}"));
    }

    // It has what it is made from; its kind tells what need not be done once more.
    private static BuildId Add(Session session, RepeatInput input) =>
        new(
            session.Number(
                """
                INSERT INTO builds (branch, commit_id, state, queued_at, started_at, result, repeats, repeat_kind)
                SELECT branch, commit_id, 'built', @at, @at, result, coalesce(repeats, id), @kind
                FROM builds WHERE id = @source
                RETURNING id
                """,
                ("@source", input.Source.Build.Id.Value),
                ("@kind", input.Kind.ToString().ToLowerInvariant()),
                ("@at", Stored.Time(input.At))
            )
        );

    /// <summary>What a build was made of.</summary>
    internal static Either<Refusal, BuildResult.Built> Result(Session session, DesiredBranch branch, BuildId build) =>
        session
            .First("SELECT result FROM builds WHERE id = @id", row => row.OptionalText(0), ("@id", build.Value))
            .Bind(text => text)
            .Bind(text => BuildResultText.Read(text) is BuildResult.Built built ? Some(built) : None)
            .ToEither(() =>
                new Refusal(
                    "not-kept",
                    $"What build {build.Value} was made of is not kept.",
                    $"Build it anew: {Deploying(branch)}"
                )
            );

    private static bool IsUnderWay(DesiredBranch branch) =>
        Wanted.Rejection(branch).IsNone
        && branch.Deployments.Exists(deployment => deployment.Target != deployment.Serving);

    private static Refusal Nothing(DesiredBranch branch, string what) =>
        new("nothing-there", $"{branch.Title} has nothing {what}.", $"Deploy it: {Deploying(branch)}");

    private static Refusal Forbidden(RepeatInput input, CauseRecord cause) =>
        new(cause.Code, cause.Sentence, $"Mend that, then build it anew: {Deploying(input.Branch)}");

    private static string Deploying(DesiredBranch branch) => $"kennel deploy {branch.Project.Name} {branch.Branch}";

    private static RecordedBuild ReadBuild(SqliteDataReader row) =>
        new(
            new BuildId(row.GetInt64(0)),
            CommitId.Parse($"build {row.GetInt64(0)}: commit_id", row.Text(1)).OrDamaged(),
            row.Time(2),
            RepeatAt(row, 3),
            row.OptionalNumber(5).Map(count => (int)count)
        );
}
