using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Views;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>The views of the store's rows.</summary>
internal static class StoreRows
{
    public static ProjectView View(this ProjectRow row, Option<WebhookView> webhook = default) =>
        new(
            row.Name.Value,
            row.Owner,
            row.CloneUrl,
            row.DefaultBranch.Value,
            row.CreatedAt,
            row.Environments.ToSeq().Map(one => one.Word()),
            row.RepositoryId,
            row.SecretFile,
            webhook
        )
        {
            SecretsProject = row.SecretsProject.Map(name => name.Value),
        };

    public static DeliveryView View(this DeliveryRow row) =>
        new(
            row.Id.Value,
            row.ReceivedAt,
            row.Event,
            row.Project.Map(name => name.Value),
            row.Branch.Map(branch => $"{branch}"),
            row.Meaning
        );

    public static BuildView View(this BuildRow row) =>
        new(
            row.Id.Value,
            row.Project.Value,
            $"{row.Branch}",
            row.State.Word(),
            row.Commit.Map(commit => commit.Value),
            row.Cause.Map(CauseView.Of),
            row.QueuedAt,
            row.StartedAt,
            row.EndedAt
        )
        {
            Repeats = row.Repeats.Map(repeat => $"{repeat}"),
            WaitsForPin = row
                .Pin.Filter(pinned =>
                    pinned != row.Id && row.State is BuildState.Queued or BuildState.Building or BuildState.Built
                )
                .Map(pinned => pinned.Value),
        };

    public static AimedView View(this AimedRow row) =>
        new(row.Project.Value, $"{row.Branch}", row.Build.Value, row.Commit.Value);

    public static LockView View(this LockRow row) => new(row.Project.Value, row.Reason);

    public static BranchMarksView View(this MarkRow row) =>
        new(row.Project.Value, $"{row.Branch}", row.IsInMaintenance, row.Message, row.IsKept);

    public static HistoryView View(this HistoryRow row) =>
        new(row.What, row.Why, row.Outcome, row.Error, row.Attempts, row.FirstAt, row.LastAt);

    public static EvidenceView View(this EvidenceRow row) =>
        new(row.Unit.Value, CauseView.Of(row.Cause), row.At, row.Lines);
}
