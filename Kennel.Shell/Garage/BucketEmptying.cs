using System.Diagnostics;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.Shell.Garage;

/// <summary>
/// Empties a bucket over S3: unfinished uploads, objects, and old versions where the server keeps any. What it cannot do
/// in its time is left for the next time.
/// </summary>
internal static class BucketEmptying
{
    private const int RetriesMax = 1;

    internal static async Task<Effect> Empty(
        GarageOptions options,
        string bucket,
        KeyDetails key,
        CancellationToken cancellation
    )
    {
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey),
            new AmazonS3Config
            {
                ServiceURL = options.S3Endpoint,
                AuthenticationRegion = options.Region,
                ForcePathStyle = true,
                Timeout = options.AnswerLimit,
                MaxErrorRetry = RetriesMax,
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            }
        );
        var since = Stopwatch.GetTimestamp();
        bool IsTimeLeft() => Stopwatch.GetElapsedTime(since) < options.EmptyingLimit;
        try
        {
            await EndUploads(client, bucket, IsTimeLeft, cancellation);
            await RemoveObjects(client, bucket, IsTimeLeft, cancellation);
            await RemoveVersions(client, bucket, IsTimeLeft, cancellation);
            return Effect.Happened;
        }
        catch (AmazonS3Exception error) when ((int)error.StatusCode is >= 400 and < 500)
        {
            return Effect.Refused(BucketPlanner.System, $"{error.Message} ({error.ErrorCode})");
        }
        catch (Exception error)
            when (error is AmazonServiceException or HttpRequestException or IOException or TimeoutException)
        {
            return Effect.Unanswered(BucketPlanner.System, $"{options.S3Endpoint}: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Effect.Unanswered(BucketPlanner.System, $"{options.S3Endpoint} did not answer");
        }
    }

    private static async Task EndUploads(
        AmazonS3Client client,
        string bucket,
        Func<bool> isTimeLeft,
        CancellationToken cancellation
    )
    {
        while (isTimeLeft())
        {
            var page = await client.ListMultipartUploadsAsync(
                new ListMultipartUploadsRequest { BucketName = bucket },
                cancellation
            );
            foreach (var upload in page.MultipartUploads ?? [])
                await client.AbortMultipartUploadAsync(bucket, upload.Key, upload.UploadId, cancellation);
            if (page.IsTruncated != true)
                return;
        }
    }

    private static async Task RemoveObjects(
        AmazonS3Client client,
        string bucket,
        Func<bool> isTimeLeft,
        CancellationToken cancellation
    )
    {
        while (isTimeLeft())
        {
            var page = await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket }, cancellation);
            var keys = (page.S3Objects ?? []).ConvertAll(item => new KeyVersion { Key = item.Key });
            if (keys.Count == 0)
                return;
            await Remove(client, bucket, keys, cancellation);
        }
    }

    // Garage keeps no versions, and says so.
    private static async Task RemoveVersions(
        AmazonS3Client client,
        string bucket,
        Func<bool> isTimeLeft,
        CancellationToken cancellation
    )
    {
        while (isTimeLeft())
        {
            List<KeyVersion> versions;
            try
            {
                var page = await client.ListVersionsAsync(
                    new ListVersionsRequest { BucketName = bucket },
                    cancellation
                );
                versions = (page.Versions ?? []).ConvertAll(item => new KeyVersion
                {
                    Key = item.Key,
                    VersionId = item.VersionId,
                });
            }
            catch (AmazonS3Exception error)
                when (error.StatusCode
                        is HttpStatusCode.NotImplemented
                            or HttpStatusCode.BadRequest
                            or HttpStatusCode.NotFound
                )
            {
                return;
            }
            if (versions.Count == 0)
                return;
            await Remove(client, bucket, versions, cancellation);
        }
    }

    private static Task Remove(
        AmazonS3Client client,
        string bucket,
        List<KeyVersion> keys,
        CancellationToken cancellation
    ) =>
        client.DeleteObjectsAsync(
            new DeleteObjectsRequest
            {
                BucketName = bucket,
                Objects = keys,
                Quiet = true,
            },
            cancellation
        );
}
