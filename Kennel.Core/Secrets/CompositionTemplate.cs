using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Secrets;

/// <summary>
/// How a secret is made from others: <c>${NAME}</c> stands for the value of one, <c>$$</c> for a dollar sign, and all
/// else for itself. Values are put in as they are and never read again.
/// </summary>
public sealed partial record CompositionTemplate
{
    /// <summary>How long what is made may be: no unit can be given more.</summary>
    public const int SizeBytesMax = 1 << 20;

    private const string Wanted =
        "a text with ${NAME} for each secret it is made of, names of A-Z 0-9 _ that begin with a letter, and $$ for a dollar sign";

    private readonly Seq<Piece> pieces;

    private CompositionTemplate(string text, Seq<Piece> pieces) => (Text, this.pieces) = (text, pieces);

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    /// <summary>The secrets it is made of, each once.</summary>
    public Seq<SecretName> Names => pieces.Map(piece => piece.Name).Somes().Distinct().ToSeq().Strict();

    /// <summary>Reads a template.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, CompositionTemplate> Parse(string where, string given)
    {
        var template = new CompositionTemplate(given, Pieces(given));
        return WrongPattern().IsMatch(given) || template.Names.IsEmpty
            ? Fail<Problem, CompositionTemplate>(Problem.Of(where, given, Wanted))
            : Success<Problem, CompositionTemplate>(template);
    }

    /// <summary>Puts the values in; nothing if one is not there or the result is too long.</summary>
    public Option<SecretValue> Render(Func<SecretName, Option<SecretValue>> valueOf)
    {
        using var made = new MemoryStream();
        foreach (var piece in pieces)
        {
            var value = piece.Name.Match(valueOf, () => SecretValue.Of(piece.Literal));
            if (value.IsNone || made.Length + value.Sum(it => it.Length) > SizeBytesMax)
                return None;
            value.Iter(it => made.Write(it.Reveal()));
        }
        return SecretValue.Of(made.ToArray());
    }

    /// <inheritdoc/>
    public bool Equals(CompositionTemplate? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private static Seq<Piece> Pieces(string text) =>
        PiecePattern()
            .Matches(text)
            .Select(match =>
                match.Groups["name"] is { Success: true } name
                    ? new Piece("", SecretName.Parse("composed", name.Value).ToOption())
                    : new Piece(match.Value == "$$" ? "$" : match.Value, None)
            )
            .ToSeq()
            .Strict();

    private sealed record Piece(string Literal, Option<SecretName> Name);

    [GeneratedRegex(@"\$\$|\$\{(?<name>[A-Z][A-Z0-9_]{0,127})\}|[^$]+|\$")]
    private static partial Regex PiecePattern();

    // An opening that is no reference: two dollar signs before the brace are one that stands for itself.
    [GeneratedRegex(@"(?<!\$)(?:\$\$)*\$\{(?![A-Z][A-Z0-9_]{0,127}\})")]
    private static partial Regex WrongPattern();
}
