using Kennel.Core.Configuration;
using Kennel.Core.Domain;

namespace Kennel.Shell.Activity;

/// <summary>Where the access log arrives, and how that is proven.</summary>
/// <param name="Configuration">What the host says.</param>
/// <param name="Domain">The domain of the deployments.</param>
/// <param name="WebPort">The port of the web server.</param>
internal sealed record ActivityOptions(ActivityConfiguration Configuration, HostName Domain, Port WebPort)
{
    private const int TlsPort = 443;

    /// <summary>How long a record may take.</summary>
    public TimeSpan RecordLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Where Kennel asks: a name below the domain, so that the log and the certificate of the others hold for it. No
    /// deployment can have it, for their names have no two hyphens in a row.
    /// </summary>
    public Uri ProofAddress =>
        new($"{(WebPort.Number == TlsPort ? "https" : "http")}://{ProofHost(Domain)}:{WebPort}/");

    /// <summary>The host name of that address.</summary>
    public static string ProofHost(HostName domain) => $"kennel--activity.{domain}";

    /// <summary>How often it is proven.</summary>
    public TimeSpan ProveInterval => TimeSpan.FromSeconds(Configuration.ProveSeconds);
}
