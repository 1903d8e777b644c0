using Kennel.Core.Domain;

namespace Kennel.Core.Units;

/// <summary>
/// The unit of a release's step: what the service may and may not do, its user and its data, with another command and
/// no port. It stays after it has succeeded, until that is recorded.
/// </summary>
public static class StepUnit
{
    private static readonly Set<string> OfTheServiceOnly = Set(
        "Description",
        "Type",
        "NotifyAccess",
        "ExecStart",
        "Restart",
        "RestartUSec",
        "StartLimitIntervalUSec",
        "StartLimitBurst"
    );

    /// <summary>All properties.</summary>
    /// <param name="service">How the service runs.</param>
    /// <param name="steps">The commands, one after another.</param>
    /// <param name="description">What it is, with the mark.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="timeout">How long it may take.</param>
    public static Seq<UnitProperty> AtStart(
        Specification.Service service,
        Seq<ReleaseStep> steps,
        string description,
        CommitId commit,
        TimeSpan timeout
    ) =>
        Joined(
            Seq(
                new UnitProperty("Description", new UnitValue.Text(description)),
                new UnitProperty("Type", new UnitValue.Text("oneshot")),
                new UnitProperty("RemainAfterExit", new UnitValue.Flag(true)),
                new UnitProperty("ExecStart", new UnitValue.Commands(steps.Map(Command).Strict())),
                new UnitProperty("TimeoutStartUSec", new UnitValue.Large((ulong)timeout.TotalMicroseconds))
            ),
            service.Properties.Filter(property => !OfTheServiceOnly.Contains(property.Name)),
            Seq1(
                new UnitProperty("Environment", new UnitValue.Texts(service.Environment.Add($"KENNEL_COMMIT={commit}")))
            )
        );

    // systemd puts variables into arguments; two dollar signs are one.
    private static CommandLine Command(ReleaseStep step) =>
        new(
            step.Program,
            step.Program.Cons(step.Arguments.Map(text => text.Replace("$", "$$", StringComparison.Ordinal))),
            IgnoreFailure: false
        );
}
