using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>What the trial of one service takes: what it says itself, else what the host says.</summary>
/// <param name="Interval">How long at most between two looks at it.</param>
/// <param name="Deadline">How long it may take to be ready.</param>
/// <param name="StayUp">How long it must then stay up.</param>
public sealed record TrialPeriods(TimeSpan Interval, TimeSpan Deadline, TimeSpan StayUp)
{
    /// <summary>The periods of a service.</summary>
    public static TrialPeriods Of(Settings settings, Specification.Service service) =>
        new(
            Chosen(service.Ready.Seconds.Period, settings.Periods.ProbeInterval),
            Chosen(service.Ready.Seconds.Deadline, settings.Periods.ReadyDeadline),
            Chosen(service.Ready.Seconds.StayUp, settings.Periods.StayUp)
        );

    private static TimeSpan Chosen(Option<int> ownSeconds, TimeSpan ofHost) =>
        ownSeconds.Map(seconds => TimeSpan.FromSeconds(seconds)).IfNone(ofHost);
}
