namespace Kennel.Shell.Systemd;

/// <summary>One loaded unit as a listing tells of it.</summary>
/// <param name="Name">The unit's full name.</param>
/// <param name="Description">What its <c>Description=</c> says.</param>
/// <param name="LoadState"><c>loaded</c>, <c>not-found</c>, <c>error</c>…</param>
/// <param name="ActiveState"><c>active</c>, <c>activating</c>, <c>deactivating</c>, <c>inactive</c>, <c>failed</c>…</param>
/// <param name="SubState">The service's own finer state, such as <c>running</c> or <c>auto-restart</c>.</param>
/// <param name="JobId">The job that is queued for it; zero for none.</param>
public sealed record UnitRow(
    string Name,
    string Description,
    string LoadState,
    string ActiveState,
    string SubState,
    uint JobId
)
{
    internal static Seq<UnitRow> ReadAll(MessageReader reader)
    {
        var rows = new List<UnitRow>();
        reader.Enter(BusContainer.Array, "(ssssssouso)");
        while (reader.Enter(BusContainer.Struct, "ssssssouso"))
        {
            var name = reader.Text();
            var description = reader.Text();
            var loadState = reader.Text();
            var activeState = reader.Text();
            var subState = reader.Text();
            reader.Skip("so");
            var jobId = reader.Count();
            reader.Skip("so");
            reader.Exit();
            rows.Add(new UnitRow(name, description, loadState, activeState, subState, jobId));
        }
        reader.Exit();
        return Seq(rows).Strict();
    }
}
