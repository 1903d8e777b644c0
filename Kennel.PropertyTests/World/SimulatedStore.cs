using Kennel.Core.Domain;
using Kennel.Core.Ports;

namespace Kennel.PropertyTests.World;

/// <summary>The real store, in memory.</summary>
public sealed class SimulatedStore : IDisposable
{
    public required IStore Store { get; init; }

    public static SimulatedStore Open() => throw new NotSupportedException();

    public void AddProject(ProjectName project) { }

    public void Deploy(ProjectName project, Branch branch, DateTimeOffset now) { }

    public void Remove(ProjectName project, Branch branch, DateTimeOffset now) { }

    public void Dispose() { }
}
