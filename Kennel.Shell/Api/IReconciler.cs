using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.Shell.Api;

/// <summary>What the reconciler offers to those who ask.</summary>
public interface IReconciler
{
    /// <summary>Looks at everything and plans, without any effect.</summary>
    Task<Look> Look(CancellationToken cancellation);

    /// <summary>Says that there is a reason to look again; returns at once.</summary>
    void Wake();

    /// <summary>Waits for a whole pass that begins after this call.</summary>
    Task<PassSummary> PassNow(CancellationToken cancellation);
}

/// <summary>What one pass did.</summary>
/// <param name="Plan">What it was going to do.</param>
/// <param name="Reports">How its actions ended.</param>
public sealed record PassSummary(Plan Plan, Seq<ActionReport> Reports);
