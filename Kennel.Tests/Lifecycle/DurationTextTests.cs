using Kennel.Core.Lifecycle;

namespace Kennel.Tests.Lifecycle;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("12h", 43_200)]
    [InlineData("7d", 604_800)]
    [InlineData("0d", 0)]
    public void A_duration_is_a_number_with_its_unit(string given, int seconds) =>
        Assert.Equal(Some(TimeSpan.FromSeconds(seconds)), DurationText.Parse("x", given).ToOption());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("-7d")]
    [InlineData("1.5h")]
    [InlineData(" 7d")]
    [InlineData("7D")]
    [InlineData("7w")]
    [InlineData("4000d")]
    [InlineData("99999999999999999999d")]
    [InlineData("9223372036854775807d")]
    public void Whatever_else_is_refused_with_what_is_allowed(string? given) =>
        Assert.Contains(
            "expected 0, or a whole number with s, m, h or d",
            DurationText.Parse("hibernateAfter", given).Match(_ => "", problems => $"{problems.Head}"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(604_800, "7 days")]
    [InlineData(86_400, "1 day")]
    [InlineData(90, "90 seconds")]
    [InlineData(3600, "1 hour")]
    [InlineData(5400, "90 minutes")]
    public void It_is_said_in_the_largest_unit_that_fits(int seconds, string text) =>
        Assert.Equal(text, DurationText.Of(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_wish_may_be_the_hosts_or_nothing_at_all()
    {
        Assert.Equal(Some(Option<PeriodWish>.None), PeriodWish.Parse("x", null).ToOption());
        Assert.Equal(Some(Some<PeriodWish>(new PeriodWish.OfHost())), PeriodWish.Parse("x", "default").ToOption());
        Assert.Equal(Some(Some<PeriodWish>(new PeriodWish.Own(TimeSpan.Zero))), PeriodWish.Parse("x", "0").ToOption());
    }

    [Fact]
    public void Both_mistakes_are_told_at_once() =>
        Assert.Equal(2, PeriodChange.Parse("soon", "late").Match(_ => 0, problems => problems.Count));
}
