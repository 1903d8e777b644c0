using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Kennel.Core.Routing;
using Kennel.Tests.Forge;
using Kennel.Tests.Routing;

namespace Kennel.Tests.Caddy;

/// <summary>Certificates on demand as packaging/caddy-https.json has them, from an ACME server and with Kennel's word.</summary>
public sealed class OnDemandTlsTests
{
    private const string Known = "shop.example.net";
    private const string Foreign = "foreign.example.net";

    [AcmeFact]
    public async Task A_name_that_is_served_gets_a_certificate_at_the_first_handshake_and_a_foreign_one_none()
    {
        await using var pebble = await PebbleProcess.Start();
        await using var kennel = await WebhookOnTrial.Start();
        kennel.Served.Publish(Serving(Known));
        await using var caddy = await Start(pebble, kennel.Port);
        using var root = await pebble.Root();

        await Assert.ThrowsAnyAsync<Exception>(() => Handshake(caddy, Foreign, root));
        await Handshake(caddy, Known, root);

        Assert.Contains(Known, Issued(caddy), StringComparison.Ordinal);
        Assert.DoesNotContain(Foreign, Issued(caddy), StringComparison.Ordinal);
    }

    [AcmeFact]
    public async Task A_name_gets_its_certificate_as_soon_as_a_switch_serves_it()
    {
        await using var pebble = await PebbleProcess.Start();
        await using var kennel = await WebhookOnTrial.Start();
        await using var caddy = await Start(pebble, kennel.Port);
        using var root = await pebble.Root();
        await Assert.ThrowsAnyAsync<Exception>(() => Handshake(caddy, Known, root));

        kennel.Served.Publish(Serving(Known));

        await Handshake(caddy, Known, root);
    }

    internal static RoutingTable Serving(params string[] hosts) =>
        new(toMap(hosts.Select(host => (Rows.Host(host), new RouteEntry(Views.Scene.Instance, new Route.Asleep())))));

    private static Task<CaddyProcess> Start(PebbleProcess pebble, int kennelPort)
    {
        var packaged = JsonNode.Parse(File.ReadAllText(Checkout.Path("packaging", "caddy-https.json")))!["apps"]!;
        var tls = packaged["tls"]!.DeepClone().AsObject();
        var automation = tls["automation"]!;
        var permission = automation["on_demand"]!["permission"]!;
        permission["endpoint"] = ((string)permission["endpoint"]!).Replace(
            ":3000/",
            $":{kennelPort}/",
            StringComparison.Ordinal
        );
        var issuer = automation["policies"]![0]!["issuers"]![0]!;
        issuer["ca"] = pebble.Address;
        issuer["trusted_roots_pem_files"] = new JsonArray(pebble.AuthorityFile);
        return CaddyProcess.StartWith(
            caddy =>
            {
                var server = packaged["http"]!["servers"]!["kennel"]!.DeepClone();
                server["listen"] = new JsonArray($"127.0.0.1:{caddy.WebPort}");
                return new JsonObject { ["kennel"] = server };
            },
            tls: tls
        );
    }

    // It succeeds only with a certificate for this name that leads to this root.
    private static async Task Handshake(CaddyProcess caddy, string name, X509Certificate2 root)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", caddy.WebPort.Number);
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = name,
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    CustomTrustStore = { root },
                },
            }
        );
    }

    private static string Issued(CaddyProcess caddy) =>
        string.Join(
            ' ',
            Directory.EnumerateFiles(caddy.Files, "*.crt", SearchOption.AllDirectories).Select(Path.GetFileName)
        );
}
