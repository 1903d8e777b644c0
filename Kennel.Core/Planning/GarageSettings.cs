namespace Kennel.Core.Planning;

/// <summary>How branches get their buckets.</summary>
/// <param name="S3Endpoint">Where the S3 API is.</param>
/// <param name="Region">Its region.</param>
public sealed record GarageSettings(string S3Endpoint, string Region);
