namespace Kennel.Shell.Store;

/// <summary>Changes that people ask for.</summary>
internal static class Changes
{
    /// <summary>Makes a change in one transaction, unless it is refused; a store that cannot be written is a refusal too.</summary>
    internal static async Task<Either<Refusal, T>> Change<T>(
        this Database database,
        Func<Session, Either<Refusal, T>> change,
        CancellationToken cancellation
    )
    {
        try
        {
            return await database.Write(change, answer => answer.IsRight, cancellation);
        }
        catch (StoreException error)
        {
            return new Refusal(
                "store-unavailable",
                $"The state database cannot be written: {error.Message}",
                "Nothing was changed. Mend that and try again."
            );
        }
    }
}
