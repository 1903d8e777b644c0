namespace Kennel.Core.Secrets;

/// <summary>The files that hold what Kennel logs in with; what they hold is never shown.</summary>
/// <param name="Token">A token.</param>
/// <param name="RoleId">The name of a role.</param>
/// <param name="SecretId">The proof that it may be taken.</param>
public sealed record StoreFiles(Option<string> Token, Option<string> RoleId, Option<string> SecretId)
{
    /// <summary>No files.</summary>
    public static readonly StoreFiles None = new(Option<string>.None, Option<string>.None, Option<string>.None);
}

/// <summary>What a store's own programs take from the environment, for the same meaning.</summary>
public static class StoreEnvironment
{
    /// <summary>
    /// The value of a variable such as <c>ADDR</c>: of <c>BAO_ADDR</c>, where that is not set of <c>VAULT_ADDR</c>. One that
    /// is set and empty has no value and hides the other.
    /// </summary>
    /// <param name="product">What the store is.</param>
    /// <param name="name">The name behind the prefix.</param>
    /// <param name="variable">The environment.</param>
    public static Option<string> Find(StoreProduct product, string name, Func<string, Option<string>> variable) =>
        (
            product == StoreProduct.OpenBao
                ? variable($"BAO_{name}") | variable($"VAULT_{name}")
                : variable($"VAULT_{name}")
        ).Filter(text => text.Length > 0);
}
