using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Secrets;
using Kennel.Core.Units;
using Kennel.Shell.Garage;
using Kennel.Shell.Valkey;

namespace Kennel.Shell.Reconcile;

/// <summary>Makes the values of secret variables: addresses of caches from the host's key, and keys of buckets as Garage has them.</summary>
/// <param name="valkey">Gives the passwords.</param>
/// <param name="socketPath">Valkey's socket.</param>
/// <param name="garage">Has the keys of buckets.</param>
public sealed class ResourceSecrets(ValkeyClient valkey, string socketPath, GarageClient garage) : IResourceSecrets
{
    /// <inheritdoc/>
    public async Task<Either<Cause, SecretValue>> Value(ResourceSecret source, CancellationToken cancellation) =>
        source switch
        {
            ResourceSecret.CacheAddress it => Address(it),
            ResourceSecret.BucketKeyId it => (await garage.Credentials(it.Mark, cancellation)).Map(key => key.Id),
            ResourceSecret.BucketKeySecret it => (await garage.Credentials(it.Mark, cancellation)).Map(key =>
                key.Secret
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private Either<Cause, SecretValue> Address(ResourceSecret.CacheAddress cache) =>
        from password in valkey
            .Password(cache.User)
            .MapLeft(problem => (Cause)new Cause.Unreachable(CachePlanner.System, problem))
        from text in password
            .RevealText()
            .ToEither((Cause)new Cause.Unreachable(CachePlanner.System, "the password is no text"))
        // Without a host, strict readers of addresses refuse one with a user; those who open sockets pass over it.
        select SecretValue.Of($"unix://{cache.User}:{text}@localhost{socketPath}?db={cache.Database}");
}
