using Kennel.Core.Configuration;
using Kennel.Core.Planning;
using Kennel.Shell.Api;

namespace Kennel.Shell.Commands;

/// <summary>What the rest of the program supplies to the command line.</summary>
/// <param name="Serve">Runs the daemon until it is told to stop; gives the exit code.</param>
/// <param name="Look">Looks at everything without a daemon and without any effect, or says why it cannot.</param>
/// <param name="BuildStep">The program of a build unit, with the arguments after <c>build-step</c>; gives the exit code.</param>
public sealed record CommandParts(
    Func<HostConfiguration, CancellationToken, Task<int>> Serve,
    Func<HostConfiguration, CancellationToken, Task<Either<ApiProblem, Look>>> Look,
    Func<Seq<string>, CancellationToken, Task<int>> BuildStep
);
