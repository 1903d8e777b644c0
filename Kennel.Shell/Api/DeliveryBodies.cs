using Kennel.Core.Forge;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Kennel.Shell.Api;

/// <summary>
/// Reads the bodies of deliveries. Nobody has proven anything yet at this point, so time and memory are limited, for
/// each and for all together.
/// </summary>
internal sealed class DeliveryBodies(TimeSpan timeLimit, long bytesMax)
{
    private const int FirstBytes = 16 << 10;

    private long _held;

    /// <summary>
    /// Reads a body and hands it on, or why there is none; what it takes of the common memory is given back when the
    /// answer is made.
    /// </summary>
    internal async Task<IResult> With(
        HttpContext http,
        Func<ReadOnlyMemory<byte>, Task<IResult>> answer,
        Func<ApiProblem, Task<IResult>> refuse
    )
    {
        var share = new Share();
        try
        {
            var body = await Read(http, share);
            return await body.Match(answer, refuse);
        }
        finally
        {
            Interlocked.Add(ref _held, -share.Bytes);
        }
    }

    private async Task<Either<ApiProblem, ReadOnlyMemory<byte>>> Read(HttpContext http, Share share)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        limit.CancelAfter(timeLimit);
        var buffer = System.Array.Empty<byte>();
        var length = 0;
        if (http.Request.ContentLength > ForgeEvents.BodyBytesMax)
            return WebhookAnswers.TooLarge;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                {
                    if (!Take(share, Grown(buffer.Length, http.Request.ContentLength)))
                        return WebhookAnswers.Busy;
                    System.Array.Resize(ref buffer, (int)share.Bytes);
                }
                var count = await http.Request.Body.ReadAsync(buffer.AsMemory(length), limit.Token);
                if (count == 0)
                    return new ReadOnlyMemory<byte>(buffer, 0, length);
                length += count;
                if (length > ForgeEvents.BodyBytesMax)
                    return WebhookAnswers.TooLarge;
            }
        }
        catch (BadHttpRequestException error)
        {
            return WebhookAnswers.OfBadRequest(error);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return WebhookAnswers.TooSlow;
        }
    }

    // One byte more than there is, so that the end is seen without growing again.
    private static long Grown(int bytes, long? announced) =>
        bytes > 0 ? Math.Min(2L * bytes, ForgeEvents.BodyBytesMax + 1)
        : announced is >= 0 and <= FirstBytes ? announced.Value + 1
        : FirstBytes;

    private bool Take(Share share, long bytes)
    {
        var more = bytes - share.Bytes;
        if (more <= 0 || Interlocked.Add(ref _held, more) > bytesMax)
        {
            Interlocked.Add(ref _held, more <= 0 ? 0 : -more);
            return false;
        }
        share.Bytes = bytes;
        return true;
    }

    private sealed class Share
    {
        internal long Bytes { get; set; }
    }
}
