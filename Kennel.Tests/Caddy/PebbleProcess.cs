using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Kennel.Tests.Caddy;

/// <summary>Pebble, the ACME server of Let's Encrypt for tests, over TLS with a certificate of its own.</summary>
internal sealed class PebbleProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pebble");
    private readonly HttpClient _http;
    private readonly int _port = CaddyProcess.FreePort();
    private readonly int _managementPort = CaddyProcess.FreePort();
    private Process? _process;

    private PebbleProcess() =>
        _http = new HttpClient(
            // Its own authority is what is asked for here.
            new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } }
        );

    /// <summary>Where accounts and orders begin.</summary>
    public string Address => $"https://localhost:{_port}/dir";

    /// <summary>The authority of its own certificate, in a file.</summary>
    public string AuthorityFile => Path.Combine(_directory.FullName, "authority.pem");

    public static async Task<PebbleProcess> Start()
    {
        var pebble = new PebbleProcess();
        pebble.WriteCertificate();
        var file = Path.Combine(pebble._directory.FullName, "pebble.json");
        await File.WriteAllTextAsync(file, pebble.Configuration().ToJsonString());
        pebble._process = Process.Start(
            new ProcessStartInfo(AcmeFactAttribute.Program, ["-config", file])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
                Environment =
                {
                    // Nothing here is reachable under the names; that they are served is Kennel's to say.
                    ["PEBBLE_VA_ALWAYS_VALID"] = "1",
                    ["PEBBLE_VA_NOSLEEP"] = "1",
                    ["PEBBLE_WFE_NONCEREJECT"] = "0",
                },
            }
        )!;
        pebble._process.BeginErrorReadLine();
        pebble._process.BeginOutputReadLine();
        await CaddyProcess.Until(pebble.IsUp, () => "Pebble does not come up");
        return pebble;
    }

    /// <summary>The authority that signs what it issues.</summary>
    public async Task<X509Certificate2> Root() =>
        X509Certificate2.CreateFromPem(await _http.GetStringAsync($"https://localhost:{_managementPort}/roots/0"));

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        _http.Dispose();
        _directory.Delete(recursive: true);
    }

    private JsonObject Configuration() =>
        new()
        {
            ["pebble"] = new JsonObject
            {
                ["listenAddress"] = $"127.0.0.1:{_port}",
                ["managementListenAddress"] = $"127.0.0.1:{_managementPort}",
                ["certificate"] = Path.Combine(_directory.FullName, "certificate.pem"),
                ["privateKey"] = Path.Combine(_directory.FullName, "key.pem"),
                ["httpPort"] = CaddyProcess.FreePort(),
                ["tlsPort"] = CaddyProcess.FreePort(),
                ["ocspResponderURL"] = "",
                ["externalAccountBindingRequired"] = false,
            },
        };

    private void WriteCertificate()
    {
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Authority of a test", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(from, until);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(root, from.AddHours(1), until.AddHours(-1), [1, 2, 3, 4]);
        File.WriteAllText(AuthorityFile, root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory.FullName, "certificate.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory.FullName, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task<bool> IsUp()
    {
        try
        {
            await _http.GetStringAsync(Address);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

/// <summary>A test against a real Caddy and a real ACME server; skipped, with the reason, where one is missing.</summary>
public sealed class AcmeFactAttribute : FactAttribute
{
    public AcmeFactAttribute() =>
        Skip =
            new CaddyFactAttribute().Skip
            ?? (IsThere ? null : $"no Pebble here ({Program}); set KENNEL_TEST_PEBBLE to one");

    /// <summary>The program: <c>$KENNEL_TEST_PEBBLE</c>, else the one on the path.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("KENNEL_TEST_PEBBLE") ?? "pebble";

    private static bool IsThere =>
        File.Exists(Program)
        || (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Any(directory => File.Exists(Path.Combine(directory, Program)));
}
