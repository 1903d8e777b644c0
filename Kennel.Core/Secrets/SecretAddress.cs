namespace Kennel.Core.Secrets;

/// <summary>One value in the host's secret store.</summary>
/// <param name="Path">The path of its entry below the mount.</param>
/// <param name="Field">The field of that entry.</param>
public sealed record SecretAddress(string Path, string Field) : IComparable<SecretAddress>
{
    /// <summary>The field of an entry at its usual place.</summary>
    public const string UsualField = "value";

    /// <summary>The usual place of a secret.</summary>
    public static SecretAddress Usual(SecretOwner owner, SecretName name) => new($"{owner.Folder}/{name}", UsualField);

    /// <summary>Ordinal order.</summary>
    public int CompareTo(SecretAddress? other) =>
        string.CompareOrdinal(Path, other?.Path) is not 0 and var order
            ? order
            : string.CompareOrdinal(Field, other?.Field);

    /// <summary>The address, for people.</summary>
    public override string ToString() => Field == UsualField ? Path : $"{Path} (field {Field})";
}

/// <summary>Whose secrets are meant: what the host says of a project and a branch, never what a file in it says.</summary>
/// <param name="Project">The project's name in the store.</param>
/// <param name="Profile">The profile of the branch.</param>
public sealed record SecretOwner(string Project, string Profile)
{
    /// <summary>The path below which its secrets are kept.</summary>
    public string Folder => $"secretspec/{Project}/{Profile}";
}
