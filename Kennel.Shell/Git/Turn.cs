namespace Kennel.Shell.Git;

/// <summary>Work that waits for its turn.</summary>
internal static class Turn
{
    /// <summary>Does the work when a place is free, and frees the place.</summary>
    public static async Task<T> Take<T>(this SemaphoreSlim places, CancellationToken cancellation, Func<Task<T>> work)
    {
        await places.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            places.Release();
        }
    }
}
