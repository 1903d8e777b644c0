using Kennel.Core.Domain;
using Kennel.Core.Views;

namespace Kennel.Shell.Api;

/// <summary>Remembers, while Kennel runs, which deliveries were refused because of their signature.</summary>
public interface IRefusedDeliveries
{
    /// <summary>How many for one project, and when the last one came; none where there was none.</summary>
    Option<(int Count, DateTimeOffset LastAt)> Of(ProjectName project);
}

/// <summary>Nothing was refused.</summary>
public sealed class NoRefusedDeliveries : IRefusedDeliveries
{
    /// <inheritdoc/>
    public Option<(int Count, DateTimeOffset LastAt)> Of(ProjectName project) => None;
}

/// <summary>The view of what was refused.</summary>
internal static class RefusedDeliveriesViews
{
    public static Option<RefusedDeliveriesView> View(this IRefusedDeliveries refused, ProjectName project) =>
        refused.Of(project).Map(it => new RefusedDeliveriesView(it.Count, it.LastAt));
}
