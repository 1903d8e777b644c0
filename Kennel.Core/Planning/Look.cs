namespace Kennel.Core.Planning;

/// <summary>One look at everything: what should be, what is, and what a pass would do about it.</summary>
/// <param name="Desired">What the store says.</param>
/// <param name="Observed">What was seen.</param>
/// <param name="Plan">What a pass would do.</param>
public sealed record Look(Desired Desired, Observed Observed, Plan Plan);
