namespace Kennel.Tests.Tidy;

public sealed class SequenceTests
{
    [Theory]
    [InlineData("Kennel.Core.dll")]
    [InlineData("kennel.dll")]
    public void No_code_adds_sequences_with_plus(string assembly) =>
        Assert.Equal("", string.Join("\n", AddedSequences.In(Path.Combine(AppContext.BaseDirectory, assembly))));
}
