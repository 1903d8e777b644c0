using Kennel.Core.Lifecycle;

namespace Kennel.Tests.Planning;

public sealed class SkipMarksTests
{
    [Theory]
    [InlineData("[skip ci] words only", "[skip ci]")]
    [InlineData("words only [ci skip]", "[ci skip]")]
    [InlineData("words\n\n[no ci]", "[no ci]")]
    [InlineData("[skip actions]", "[skip actions]")]
    [InlineData("[actions skip]", "[actions skip]")]
    [InlineData("[Skip Kennel]", "[skip kennel]")]
    public void A_mark_anywhere_in_the_message_in_any_case_skips(string message, string mark) =>
        Assert.Equal(Some(mark), SkipMarks.Find(message));

    [Theory]
    [InlineData("")]
    [InlineData("skip ci")]
    [InlineData("[skip  ci]")]
    [InlineData("[skip ci: never]")]
    [InlineData("[skip deploy]")]
    public void Other_words_do_not(string message) => Assert.True(SkipMarks.Find(message).IsNone);
}
