namespace Kennel.Core.Planning;

/// <summary>What one planner found out about one subject; parts add up to the plan.</summary>
/// <param name="Steps">Steps in order.</param>
/// <param name="Notes">Why nothing happens where nothing happens.</param>
/// <param name="LookAt">When to look again.</param>
public sealed record Part(Seq<PlannedAction> Steps, Seq<Note> Notes, Option<DateTimeOffset> LookAt)
{
    /// <summary>Nothing to do and nothing to say.</summary>
    public static readonly Part Nothing = new(Seq<PlannedAction>(), Seq<Note>(), None);

    /// <summary>One step.</summary>
    public static Part Step(Subject subject, Action action, string reason) =>
        Nothing with
        {
            Steps = Seq1(new PlannedAction(subject, action, reason)),
        };

    /// <summary>It goes on by itself; look again at once when something is signalled, else with the timer.</summary>
    public static Part Wait(Subject subject, WaitingOn on) =>
        Nothing with
        {
            Notes = Seq1<Note>(new Note.Waiting(subject, on)),
        };

    /// <summary>It goes on by itself at a time that is known.</summary>
    public static Part WaitUntil(Subject subject, WaitingOn on, DateTimeOffset at) =>
        Wait(subject, on) with
        {
            LookAt = at,
        };

    /// <summary>Somebody has to do something.</summary>
    public static Part Block(Subject subject, BlockedBy by) =>
        Nothing with
        {
            Notes = Seq1<Note>(new Note.Blocked(subject, by)),
        };

    /// <summary>This part and then that.</summary>
    public static Part operator +(Part first, Part second) =>
        new(
            Sequences.Join(first.Steps, second.Steps),
            Sequences.Join(first.Notes, second.Notes),
            Earlier(first.LookAt, second.LookAt)
        );

    /// <summary>All parts, one after another.</summary>
    public static Part Concat(IEnumerable<Part> parts) => parts.Fold(Nothing, (all, next) => all + next);

    /// <summary>The earlier of two times that may be missing.</summary>
    public static Option<DateTimeOffset> Earlier(Option<DateTimeOffset> first, Option<DateTimeOffset> second) =>
        first.Match(one => second.Match(two => one < two ? one : two, () => one), () => second);
}
