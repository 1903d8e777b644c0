using Kennel.Core.Planning;

namespace Kennel.Core.Configuration;

/// <summary>Garage on this host.</summary>
/// <param name="Enable">Whether branches get a bucket.</param>
/// <param name="AdminEndpoint">Where its admin API is.</param>
/// <param name="AdminTokenFile">The file with the token of that API.</param>
/// <param name="S3Endpoint">Where its S3 API is, for Kennel, the services and their visitors.</param>
/// <param name="Region">The region that it is configured with.</param>
public sealed record GarageConfiguration(
    bool Enable,
    string AdminEndpoint,
    Option<string> AdminTokenFile,
    string S3Endpoint,
    string Region
)
{
    /// <summary>What holds on a host that says nothing.</summary>
    public static readonly GarageConfiguration Default = new(
        false,
        "http://localhost:3903",
        None,
        "http://localhost:3900",
        "garage"
    );

    /// <summary>The part of it that plans depend on.</summary>
    public GarageSettings ToSettings() => new(S3Endpoint, Region);
}
