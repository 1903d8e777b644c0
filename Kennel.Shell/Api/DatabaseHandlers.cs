using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Views;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Api;

/// <summary>The handlers about the databases of branches: what there is, dump, make anew.</summary>
internal sealed class DatabaseHandlers(ApiParts parts)
{
    public Task<IResult> Show(string? project, string? branch, CancellationToken cancellation) =>
        Answers.Checked(
            new BranchRequest(branch ?? "").Check(project ?? ""),
            async asked =>
                await (await parts.Databases.Database(asked.Project, asked.Branch, cancellation)).Match(
                    async row => Answers.Ok(await View(row, cancellation)),
                    Refused
                )
        );

    // Not an intent: a dump that Kennel's end cuts off is not made by itself, and whoever waits for it is told.
    public Task<IResult> Dump(string project, HttpContext http) =>
        OfBranch(
            project,
            http,
            async asked =>
                await (await parts.Databases.Database(asked.Project, asked.Branch, http.RequestAborted)).Match(
                    row => Dump(row, http.RequestAborted),
                    Refused
                )
        );

    public Task<IResult> Reset(string project, HttpContext http) =>
        OfBranch(
            project,
            http,
            async asked =>
                await (await parts.Databases.ResetDatabase(asked.Project, asked.Branch, http.RequestAborted)).Match(
                    async row =>
                    {
                        parts.Reconciler.Wake();
                        return Answers.Accepted(await View(row, http.RequestAborted));
                    },
                    Refused
                )
        );

    private async Task<IResult> Dump(DatabaseRow row, CancellationToken cancellation)
    {
        var name = DumpName.Asked(row.Database, parts.Clock.GetUtcNow());
        var effect = await parts.Dumps.StartDump(new Action.StartDump(row.Database, name), cancellation);
        return effect is Effect.Failed failed
            ? Answers.Problem(
                ApiProblem.Of(
                    StatusCodes.Status503ServiceUnavailable,
                    "dump-not-begun",
                    "The dump could not be begun",
                    failed.Cause.Describe().Sentence,
                    "Mend that, then ask again."
                )
            )
            : Answers.Accepted(new DumpView(name.Value, "running", None, None, None));
    }

    private async Task<DatabaseView> View(DatabaseRow row, CancellationToken cancellation)
    {
        var dumps = (await parts.Dumps.Dumps(cancellation)).Match(known => known, _ => Map<DumpName, DumpState>());
        return new DatabaseView(
            row.Project.Value,
            $"{row.Branch}",
            row.Environment.Word(),
            row.Database.Value,
            row.Role.Value,
            parts.Configuration.Resources.Postgres.SocketDirectory,
            row.State.ToString().ToLowerInvariant(),
            new StatePaths(parts.Configuration.StateDirectory).Backups,
            dumps
                .Pairs.ToSeq()
                .Filter(pair => pair.Key.Database == row.Database.Value)
                .Map(pair => View(pair.Key, pair.Value))
                .OrderByDescending(dump => dump.At.IfNone(DateTimeOffset.MaxValue))
                .ToSeq()
                .Strict()
        );
    }

    private static DumpView View(DumpName name, DumpState state) =>
        state switch
        {
            DumpState.Running => new DumpView(name.Value, "running", None, None, None),
            DumpState.Done it => new DumpView(name.Value, "done", it.At, it.SizeBytes, None),
            DumpState.Failed it => new DumpView(name.Value, "failed", it.At, None, it.Cause.Describe().Sentence),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Task<IResult> Refused(Refusal refusal) => Task.FromResult(Answers.Problem(ApiProblem.Of(refusal)));

    private static async Task<IResult> OfBranch(
        string project,
        HttpContext http,
        Func<(ProjectName Project, Branch Branch), Task<IResult>> answer
    ) => await Answers.Checked((await Answers.Body<BranchRequest>(http)).Bind(body => body.Check(project)), answer);
}
