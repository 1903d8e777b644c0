using System.Collections.Concurrent;
using Kennel.Core.Domain;
using Kennel.Shell.Api;
using Kennel.Tests.Routing;

namespace Kennel.Tests.Api;

/// <summary>A waker whose answers the test gives.</summary>
internal sealed class HandWaker : IWaker
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WakeAnswer>> _answers = [];

    /// <summary>The host names that were asked for, in that order, each as often as it was.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Lets a host name have its answer, now and from now on.</summary>
    public void Tell(string host, WakeAnswer answer) => Of(host).TrySetResult(answer);

    /// <summary>It is ready at a port.</summary>
    public void Ready(string host, int port) => Tell(host, new WakeAnswer.Ready(Rows.Port(port)));

    /// <summary>It breaks.</summary>
    public void Break(string host) => Of(host).TrySetException(new InvalidOperationException("the store is gone"));

    public Task<WakeAnswer> Wake(HostName host, CancellationToken cancellation)
    {
        Asked.Enqueue(host.Value);
        return Of(host.Value).Task.WaitAsync(cancellation);
    }

    private TaskCompletionSource<WakeAnswer> Of(string host) =>
        _answers.GetOrAdd(
            host,
            _ => new TaskCompletionSource<WakeAnswer>(TaskCreationOptions.RunContinuationsAsynchronously)
        );
}
