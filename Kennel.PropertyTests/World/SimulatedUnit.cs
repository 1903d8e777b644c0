using System.Globalization;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;

namespace Kennel.PropertyTests.World;

/// <summary>One unit of the simulated service manager; what it does follows from the time since its start.</summary>
public sealed class SimulatedUnit(UnitName name, Seq<UnitProperty> properties, DateTimeOffset startedAt, int invocation)
{
    private static readonly TimeSpan QuickStopTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BuildLimit = TimeSpan.FromHours(3);
    private static readonly TimeSpan CrashTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LateCrashTime = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ReadyTime = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan NotifyTime = TimeSpan.FromMilliseconds(100);

    private Option<DateTimeOffset> stopAt = None;
    private Option<DateTimeOffset> brokenAt = None;

    public UnitName Name { get; } = name;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public InvocationId Invocation { get; } =
        InvocationId.Parse("simulated", invocation.ToString("x32", CultureInfo.InvariantCulture)).Valid();

    public Option<InstanceId> Mark { get; } = UnitMark.Read(TextOf(properties, "Description").IfNone(""));

    /// <summary>When the clock of the host said that it was started.</summary>
    public Option<DateTimeOffset> ActiveSince { get; init; }

    /// <summary>What runs in it, if it is a component's.</summary>
    public Option<SimulatedComponent> Component { get; init; }

    public Option<Behaviour> Behaviour { get; init; }

    /// <summary>The commit that is built in it, if it is a build's.</summary>
    public Option<SimulatedCommit> Built { get; init; }

    public Option<Port> Port { get; } =
        EnvironmentOf(properties, "PORT")
            .Bind(text => Core.Domain.Port.Parse("PORT", long.Parse(text, CultureInfo.InvariantCulture)).ToOption());

    /// <summary>The database that it is to use, and as whom.</summary>
    public Option<(string Name, string User)> Database { get; } =
        from name in EnvironmentOf(properties, "PGDATABASE")
        from user in TextOf(properties, "User")
        select (name, user);

    public Option<string> StateDirectory { get; } =
        TextsOf(properties, "StateDirectory").HeadOrNone().Map(path => path["knl/".Length..]);

    public Seq<CommandLine> Commands { get; } =
        properties.Bind(property =>
            property.Value is UnitValue.Commands commands ? commands.Values : Seq<CommandLine>()
        );

    public Seq<UnitProperty> Properties { get; } = properties;

    public bool IsForeign { get; init; }

    public string Description { get; } = TextOf(properties, "Description").IfNone("");

    /// <summary>When it next changes by itself.</summary>
    public Option<DateTimeOffset> NextEvent(DateTimeOffset now) =>
        Seq(stopAt.Map(at => at + StopTime), CrashAt(), ReadyAt(), StepEnd(), NotifiedAt())
            .Somes()
            .Filter(at => at > now)
            .OrderBy(at => at)
            .ToSeq()
            .HeadOrNone();

    public UnitState State(DateTimeOffset now) =>
        stopAt.IsSome ? UnitState.Stopping
        : CrashAt().Exists(at => at <= now) ? UnitState.Failed
        : StepEnd().Exists(at => at > now) ? UnitState.Starting
        : NotifiedAt().Exists(at => at > now) ? UnitState.Starting
        : !EndsByItself && Behaviour == Some(World.Behaviour.CrashLoop) && now > StartedAt ? UnitState.Restarting
        : UnitState.Running;

    public bool IsGone(DateTimeOffset now) => stopAt.Exists(at => at + StopTime <= now);

    /// <summary>Whether it is a release's step.</summary>
    public bool IsStep => Name.Step.IsSome;

    /// <summary>Whether it fills a database.</summary>
    public bool IsCopy => Name.Copy.IsSome;

    /// <summary>Whether it was told to stop.</summary>
    public bool IsStopped => stopAt.IsSome;

    /// <summary>Whether the command of a step is running, and not only its end remembered.</summary>
    public bool IsStepUnderWay(DateTimeOffset now) => StepEnd().Exists(at => at > now);

    public bool IsReady(DateTimeOffset now) => State(now) == UnitState.Running && ReadyAt().Exists(at => at <= now);

    public bool IsListeningElsewhere(DateTimeOffset now) =>
        State(now) == UnitState.Running && Behaviour == Some(World.Behaviour.WrongPort);

    public void Stop(DateTimeOffset now) => stopAt = stopAt | Some(now);

    /// <summary>It ends for good, whatever it is.</summary>
    public void Crash(DateTimeOffset now) => brokenAt = Some(now);

    public UnitDetail Detail(DateTimeOffset now) =>
        new(
            Invocation,
            ActiveSince.IfNone(StartedAt),
            State(now) is UnitState.Failed or UnitState.Restarting ? 5u : 0u,
            State(now) != UnitState.Failed ? "success"
                : Built.IsSome || Behaviour == Some(World.Behaviour.StepHangs) ? "timeout"
                : "exit-code",
            State(now) == UnitState.Failed ? 1 : 0,
            UserId
        );

    public uint UserId => (uint)(61184 + (Math.Abs(StableHash(TextOf(StateDirectory))) % 4000));

    private static string TextOf(Option<string> text) => text.IfNone("");

    private static int StableHash(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));

    private TimeSpan StopTime => Built.Bind(commit => commit.StopTime).IfNone(QuickStopTime);

    private Option<DateTimeOffset> CrashAt() =>
        brokenAt | Built.Filter(commit => commit.BuildTime.IsNone).Map(_ => StartedAt + BuildLimit) | OwnCrashAt();

    // What tells systemd when it is ready is on its way up until then.
    private Option<DateTimeOffset> NotifiedAt() => Name.Cache.Map(_ => StartedAt + NotifyTime);

    private bool EndsByItself => IsStep || IsCopy;

    private Option<DateTimeOffset> StepEnd() =>
        !EndsByItself ? None
        : Behaviour == Some(World.Behaviour.StepHangs) ? Some(StartedAt + StartLimit)
        : Some(StartedAt + StepTime);

    private Option<DateTimeOffset> StepCrash() =>
        Behaviour.Exists(one => one is World.Behaviour.StepFails or World.Behaviour.StepHangs) ? StepEnd() : None;

    private TimeSpan StartLimit { get; } =
        properties
            .Find(property => property.Name == "TimeoutStartUSec")
            .Bind(property => property.Value is UnitValue.Large it ? Some(TimeSpan.FromMicroseconds(it.Value)) : None)
            .IfNone(TimeSpan.MaxValue);

    private Option<DateTimeOffset> OwnCrashAt() => EndsByItself ? StepCrash() : GenerationCrashAt();

    private Option<DateTimeOffset> GenerationCrashAt() =>
        Behaviour.Bind(behaviour =>
            behaviour switch
            {
                World.Behaviour.CrashLoop or World.Behaviour.ReadyThenCrash => Some(StartedAt + CrashTime),
                World.Behaviour.LateCrash => Some(StartedAt + LateCrashTime),
                _ => Option<DateTimeOffset>.None,
            }
        );

    private Option<DateTimeOffset> ReadyAt() =>
        Behaviour.Bind(behaviour =>
            !EndsByItself
            && behaviour is World.Behaviour.Good or World.Behaviour.ReadyThenCrash or World.Behaviour.LateCrash
                ? Some(StartedAt + ReadyTime)
                : None
        );

    private static Option<string> TextOf(Seq<UnitProperty> properties, string name) =>
        properties
            .Find(property => property.Name == name)
            .Bind(property => property.Value is UnitValue.Text text ? Some(text.Value) : None);

    private static Seq<string> TextsOf(Seq<UnitProperty> properties, string name) =>
        properties
            .Filter(property => property.Name == name)
            .Bind(property => property.Value is UnitValue.Texts texts ? texts.Values : Seq<string>());

    private static Option<string> EnvironmentOf(Seq<UnitProperty> properties, string name) =>
        TextsOf(properties, "Environment")
            .Find(text => text.StartsWith(name + "=", StringComparison.Ordinal))
            .Map(text => text[(name.Length + 1)..]);
}
