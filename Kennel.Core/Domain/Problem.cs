namespace Kennel.Core.Domain;

/// <summary>One thing that is wrong with an input: where it stood, what was given and what is allowed instead.</summary>
/// <param name="Where">A path a person can find again, such as <c>kennel.json: services.api.ready.path</c>.</param>
/// <param name="Given">The offending text as it was given, already shortened for display.</param>
/// <param name="Allowed">A sentence fragment saying what would have been accepted.</param>
public sealed record Problem(string Where, string Given, string Allowed)
{
    private const int GivenLengthMax = 120;

    /// <summary>Makes a problem, shortening what was given so that one bad input cannot flood a log.</summary>
    public static Problem Of(string where, string? given, string allowed) =>
        new(where, Shorten(given ?? "nothing"), allowed);

    /// <summary>One line for people: where, what was given, what is allowed.</summary>
    public override string ToString() => $"{Where}: got {Given}; expected {Allowed}";

    private static string Shorten(string text)
    {
        var clean = string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));
        return clean.Length <= GivenLengthMax ? $"\"{clean}\"" : $"\"{clean[..GivenLengthMax]}…\"";
    }
}
