namespace Kennel.Core.Secrets;

/// <summary>Why a release cannot have its secrets. It tells names and places, never a value.</summary>
public abstract record SecretFault
{
    private SecretFault() { }

    /// <summary>A required secret is not in the store.</summary>
    public sealed record Missing(SecretName Name, SecretAddress Address) : SecretFault;

    /// <summary>A required secret is made from others that are not there.</summary>
    public sealed record NotMade(SecretName Name, Seq<SecretName> From) : SecretFault;

    /// <summary>Of a group, there is not the number that there must be.</summary>
    public sealed record WrongNumber(GroupMembership Group, Seq<SecretName> Members, Seq<SecretName> Present)
        : SecretFault;

    /// <summary>The stored value is not encoded as declared.</summary>
    public sealed record NotEncoded(SecretName Name, SecretEncoding Encoding) : SecretFault;

    /// <summary>The stored value has nothing at the place that is declared.</summary>
    public sealed record NotInside(SecretName Name, Extraction Extraction) : SecretFault;

    /// <summary>The value cannot stand in a variable.</summary>
    public sealed record NotText(SecretName Name) : SecretFault;

    /// <summary>The value is longer than a variable, or a file of a unit, may be.</summary>
    public sealed record TooLong(SecretName Name, int BytesMax) : SecretFault;

    /// <summary>All values together are longer than a unit may be given.</summary>
    public sealed record TooMuch(int BytesMax) : SecretFault;

    /// <summary>The version that a release read is not in the store any more.</summary>
    public sealed record Gone(SecretAddress Address, int Version) : SecretFault;

    /// <summary>The fault, for people.</summary>
    public string Describe() =>
        this switch
        {
            Missing it => $"{it.Name} is required and not at {it.Address}",
            NotMade it => $"{it.Name} is required and made of {string.Join(", ", it.From)}, which is not there",
            WrongNumber { Group.Rule: GroupRule.AtLeastOne } it =>
                $"one of {string.Join(", ", it.Members)} is required and none is there",
            WrongNumber it => it.Present.IsEmpty
                ? $"exactly one of {string.Join(", ", it.Members)} is required and none is there"
                : $"exactly one of {string.Join(", ", it.Members)} may be there, and there are {string.Join(", ", it.Present)}",
            NotEncoded it => $"{it.Name} is declared as {it.Encoding.Word()} and is not",
            NotInside it => $"{it.Name} has nothing at {it.Extraction.Pointer}, or is no {Word(it.Extraction.Format)}",
            NotText it => $"{it.Name} has bytes that cannot stand in a variable; as_path = true gives it as a file",
            Gone it =>
                $"version {it.Version} of {it.Address}, which the release read, is not there any more; redeploy to read the newest",
            TooMuch it => $"the secrets are longer than {it.BytesMax} bytes in all",
            TooLong it => $"{it.Name} is longer than {it.BytesMax} bytes",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Word(DocumentFormat format) =>
        format == DocumentFormat.Json ? "JSON document" : "INI document";
}
