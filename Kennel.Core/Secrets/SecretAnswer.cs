namespace Kennel.Core.Secrets;

/// <summary>What the store said of one address.</summary>
public abstract record SecretAnswer
{
    private SecretAnswer() { }

    /// <summary>It has a value there, which may be empty.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Version">The version of the entry; none where the store counts none.</param>
    public sealed record Found(SecretValue Value, Option<int> Version) : SecretAnswer;

    /// <summary>It has none.</summary>
    public sealed record Absent : SecretAnswer;
}

/// <summary>One secret as a release gets it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="AsPath">Whether it is given as a file.</param>
public sealed record ResolvedSecret(SecretName Name, SecretValue Value, bool AsPath);
