using System.Text;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>Reads the plain variables of a service.</summary>
internal static partial class EnvironmentReader
{
    private const int CountMax = 200;
    private const int SizeBytesMax = 64 << 10;

    /// <summary>The variables; the loader's, the service manager's and Kennel's own are refused.</summary>
    internal static Validation<Problem, Map<string, string>> Read(string where, JsonNode node) =>
        JsonFields.TableOf(Name, Value)(where, node).Bind(variables => Bounded(where, variables));

    private static Validation<Problem, string> Name(string where, string name)
    {
        if (!NamePattern().IsMatch(name))
            return Fail<Problem, string>(
                Problem.Of(where, name, "a name of A-Z a-z 0-9 _, not beginning with a digit, at most 128 letters")
            );
        return ReservedNames.Contains(name)
            ? Fail<Problem, string>(Problem.Of(where, name, ReservedNames.Allowed))
            : Success<Problem, string>(name);
    }

    private static Validation<Problem, string> Value(string where, JsonNode node) =>
        JsonFields
            .Text(where, node)
            .Bind(text =>
                text.All(letter => !char.IsControl(letter) || letter is '\t' or '\n')
                    ? Success<Problem, string>(text)
                    : JsonFields.Wrong<string>(where, node, "a text without control characters")
            );

    private static Validation<Problem, Map<string, string>> Bounded(string where, Map<string, string> variables)
    {
        var sizeBytes = variables.Pairs.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key + pair.Value));
        return variables.Count <= CountMax && sizeBytes <= SizeBytesMax
            ? Success<Problem, Map<string, string>>(variables)
            : Fail<Problem, Map<string, string>>(
                Problem.Of(
                    where,
                    $"{variables.Count} variables, {sizeBytes} bytes",
                    $"at most {CountMax} variables and {SizeBytesMax} bytes in all"
                )
            );
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,127}\z")]
    private static partial Regex NamePattern();
}
