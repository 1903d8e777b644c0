using Kennel.Core.Domain;

namespace Kennel.Shell.Api;

/// <summary>Wakes nothing.</summary>
public sealed class NoWaker : IWaker
{
    /// <inheritdoc/>
    public Task<WakeAnswer> Wake(HostName host, CancellationToken cancellation) =>
        Task.FromResult<WakeAnswer>(new WakeAnswer.NotDeployed());
}
