using System.Text;
using Kennel.Core.Secrets;
using static Kennel.Tests.Secrets.Specifications;

namespace Kennel.Tests.Secrets;

public sealed class EnvironmentTextTests
{
    [Theory]
    [InlineData("plain", "A=\"plain\"\n")]
    [InlineData("", "A=\"\"\n")]
    [InlineData(" spaces ", "A=\" spaces \"\n")]
    [InlineData("a\"b\\c`d$e", "A=\"a\\\"b\\\\c\\`d\\$e\"\n")]
    [InlineData("two\nlines", "A=\"two\nlines\"\n")]
    [InlineData("# ; 'x' = ü\t\r", "A=\"# ; 'x' = ü\t\r\"\n")]
    [InlineData("ends with \\", "A=\"ends with \\\\\"\n")]
    public void A_value_stands_in_quotes_with_what_systemd_would_take_for_its_own_escaped(string value, string file) =>
        Assert.Equal(file, Text((Name("A"), SecretValue.Of(value))));

    [Fact]
    public void Each_variable_has_its_line() =>
        Assert.Equal("A=\"1\"\nB=\"2\"\n", Text((Name("A"), SecretValue.Of("1")), (Name("B"), SecretValue.Of("2"))));

    private static string Text(params (SecretName, SecretValue)[] variables) =>
        Encoding.UTF8.GetString(SecretEnvironmentText.Of(variables.ToSeq()).Reveal());
}
