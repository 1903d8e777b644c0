using Kennel.Core.Domain;
using Kennel.Core.Secrets;
using Kennel.Core.Units;

namespace Kennel.Core.Ports;

/// <summary>
/// Makes the values of secret variables of data services, at the moment they are written to the environment file of a
/// unit. They are in no plan and are kept nowhere else.
/// </summary>
public interface IResourceSecrets
{
    /// <summary>The value of one variable, or why there is none.</summary>
    Task<Either<Cause, SecretValue>> Value(ResourceSecret source, CancellationToken cancellation);
}
