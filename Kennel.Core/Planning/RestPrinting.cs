using System.Diagnostics;
using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>What sleep and expiry say, for people.</summary>
internal static class RestPrinting
{
    public static string Activity(Action.RecordActivity it) =>
        $"note when {Printing.Count(it.Uses.Count, "branch was", "branches were")} last used";

    public static string Watch(Action.RecordWatch it) =>
        it.Watch.Match(
            watch => $"note that requests are observed since {watch.Since:yyyy-MM-dd HH:mm:ss}Z",
            () => "note that requests are not observed"
        );

    public static string Mark(Action.MarkExpiring it) =>
        $"mark the branch: nobody uses it, and it {Fate(it.Kind)} soon";

    /// <summary>What happens to it: <c>hibernates</c>.</summary>
    public static string Fate(ExpiryKind kind) =>
        kind switch
        {
            ExpiryKind.Hibernate => "hibernates",
            ExpiryKind.Remove => "is removed",
            _ => throw new UnreachableException(),
        };
}
