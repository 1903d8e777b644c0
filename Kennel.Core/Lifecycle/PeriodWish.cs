using Kennel.Core.Domain;

namespace Kennel.Core.Lifecycle;

/// <summary>What somebody wants a project's period to be.</summary>
public abstract record PeriodWish
{
    private const string DefaultWord = "default";

    private PeriodWish() { }

    /// <summary>The host's.</summary>
    public sealed record OfHost : PeriodWish;

    /// <summary>Its own; zero for never.</summary>
    public sealed record Own(TimeSpan Period) : PeriodWish;

    /// <summary>The project's own period, if it is to have one.</summary>
    public Option<TimeSpan> OfProject => this is Own own ? Some(own.Period) : None;

    /// <summary>Reads a wish; none where nothing was written.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text: a duration, or <c>default</c> for the host's.</param>
    public static Validation<Problem, Option<PeriodWish>> Parse(string where, string? given) =>
        given switch
        {
            null => Success<Problem, Option<PeriodWish>>(None),
            DefaultWord => Success<Problem, Option<PeriodWish>>(new OfHost()),
            _ => DurationText.Parse(where, given).Map(period => Some<PeriodWish>(new Own(period))),
        };
}

/// <summary>How the periods of a project are to be changed; what is not named stays as it is.</summary>
/// <param name="HibernateAfter">After how long without activity its branches hibernate.</param>
/// <param name="RemoveAfter">After how long they are removed.</param>
public sealed record PeriodChange(Option<PeriodWish> HibernateAfter, Option<PeriodWish> RemoveAfter)
{
    /// <summary>Nothing changes.</summary>
    public static readonly PeriodChange Nothing = new(None, None);

    /// <summary>Reads both; every text that is not acceptable is told.</summary>
    public static Validation<Problem, PeriodChange> Parse(string? hibernateAfter, string? removeAfter) =>
        (PeriodWish.Parse("hibernateAfter", hibernateAfter), PeriodWish.Parse("removeAfter", removeAfter)).Apply(
            (hibernate, remove) => new PeriodChange(hibernate, remove)
        );
}
