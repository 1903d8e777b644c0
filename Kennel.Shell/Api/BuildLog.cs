using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>The output of one build, whole or as it comes.</summary>
internal sealed class BuildLog(string path, BuildId build, IIntents intents)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    public async Task<bool> Exists(CancellationToken cancellation) => (await intents.Build(build, cancellation)).IsSome;

    /// <summary>Copies what is there; when following, goes on until the build has nothing more to say.</summary>
    public async Task CopyTo(Stream output, bool follow, CancellationToken cancellation)
    {
        long position = 0;
        while (true)
        {
            var isComplete = !follow || await IsComplete(cancellation);
            position = await CopyFrom(position, output, cancellation);
            if (isComplete)
            {
                return;
            }
            await output.FlushAsync(cancellation);
            await Task.Delay(LookInterval, cancellation);
        }
    }

    private async Task<bool> IsComplete(CancellationToken cancellation) =>
        (await intents.Build(build, cancellation)).ForAll(row =>
            row.State is not (BuildState.Queued or BuildState.Building)
        );

    private async Task<long> CopyFrom(long position, Stream output, CancellationToken cancellation)
    {
        try
        {
            await using var log = new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.Open,
                    Access = FileAccess.Read,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    Options = FileOptions.Asynchronous,
                }
            );
            log.Seek(position, SeekOrigin.Begin);
            await log.CopyToAsync(output, cancellation);
            return log.Position;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // A queued build has no log yet, and an old one is cleaned up: there is nothing to copy.
            return position;
        }
    }
}
