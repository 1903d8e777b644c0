using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Tests.Views;

namespace Kennel.Tests.Planning;

/// <summary>A branch that may expire, on a host that has watched for a long time.</summary>
internal static class IdleScene
{
    public static readonly DateTimeOffset Now = Scene.Now;
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);
    public static readonly TimeSpan Month = TimeSpan.FromDays(30);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static DesiredBranch Topic(TimeSpan idle, Option<ExpiryMark> mark = default, string name = "topic") =>
        Scene.Live() with
        {
            Branch = Of(name),
            Environment = DeployEnvironments.Of(Of(name), Scene.Project.DefaultBranch),
            Life = BranchLife.New with { ActiveAt = Now - idle, Expiring = mark },
        };

    public static Branch Of(string name) => Scene.Sure(Branch.Parse("test", name));

    public static Option<ExpiryMark> Marked(ExpiryKind kind, TimeSpan ago) => new ExpiryMark(kind, Now - ago);

    public static Desired Desired(params DesiredBranch[] branches) =>
        Scene.Desired(branches) with
        {
            Settings = Scene.Settings with { Expiry = new ExpiryPeriods(Week, Month) },
            Watch = new ActivityWatch(Now - Month - Month, Now),
        };

    public static Observed Observed(params (string Host, TimeSpan Ago)[] uses) =>
        Scene.Observed() with
        {
            Requests = Observation.Known(
                toMap(
                    uses.Select(use =>
                        (Scene.Sure(HostName.Parse("test", $"{use.Host}.apps.example.org")), Now - use.Ago)
                    )
                )
            ),
        };

    public static Observed Unseen(string reason = "no log") =>
        Scene.Observed() with
        {
            Requests = Observation.Unknown<Map<HostName, DateTimeOffset>>(reason),
        };
}
