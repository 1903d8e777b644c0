using Kennel.Core.Configuration;
using Kennel.Core.Planning;

namespace Kennel.Tests.Configuration;

public sealed class DomainOptionsTests
{
    private const string ZoneId = "023e105f4ecef8ad9ca31a8372d0c353";
    private const string Tunnel = "1ce95b80-2f68-4136-b3ac-b7e2eab6b4ef";

    [Fact]
    public void With_a_tunnel_records_lead_to_it_through_Cloudflares_own_servers()
    {
        var dns = Settings(
            """{"domains":{"publicIp":"192.0.2.7","cloudflare":{"zones":{"Example.net":"ZONE"},"tunnelId":"1CE95B80-2F68-4136-B3AC-B7E2EAB6B4EF","tokenFile":"/t"}}}"""
        );

        Assert.Equal(
            Seq1(new RecordContent(RecordKind.Cname, $"{Tunnel}.cfargotunnel.com", IsProxied: true)),
            dns.Targets
        );
        Assert.Equal(["example.net"], dns.Zones.Map(zone => zone.Value).AsEnumerable());
    }

    [Fact]
    public void Without_one_they_lead_to_the_addresses_of_this_host()
    {
        var dns = Settings(
            """{"domains":{"publicIp":["192.0.2.7","2001:DB8:0::7"],"cloudflare":{"zones":{"example.net":"ZONE"},"tokenFile":"/t"}}}"""
        );

        Assert.Equal(
            Seq(
                new RecordContent(RecordKind.A, "192.0.2.7", IsProxied: false),
                new RecordContent(RecordKind.Aaaa, "2001:db8::7", IsProxied: false)
            ),
            dns.Targets
        );
    }

    [Fact]
    public void Without_a_zone_people_look_after_records_themselves() =>
        Assert.Equal(
            None,
            Read("""{"domains":{"publicIp":"192.0.2.7"}}""").IfFail(HostConfiguration.Default).Dns.Settings
        );

    [Fact]
    public void Zones_need_a_token_and_somewhere_to_lead()
    {
        var problems = Refused("""{"domains":{"cloudflare":{"zones":{"example.net":"ZONE"}}}}""");

        Assert.Contains("domains.cloudflare.tokenFile beside it", problems, StringComparison.Ordinal);
        Assert.Contains(
            "domains.cloudflare.tunnelId or domains.publicIp beside it",
            problems,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"domains":{"publicIp":"192.0.2"}}""")]
    [InlineData("""{"domains":{"publicIp":["192.0.2.7","192.0.2.8"]}}""")]
    [InlineData("""{"domains":{"publicIp":"host.example.net"}}""")]
    [InlineData("""{"domains":{"cloudflare":{"zones":{"example.net":"short"}}}}""")]
    [InlineData("""{"domains":{"cloudflare":{"zones":["example.net"]}}}""")]
    [InlineData("""{"domains":{"cloudflare":{"tunnelId":"my-tunnel"}}}""")]
    [InlineData("""{"customDomainsFile":"custom-domains"}""")]
    public void What_cannot_be_is_refused_with_its_place(string text) =>
        Assert.Contains("; expected ", Refused(text), StringComparison.Ordinal);

    [Fact]
    public void The_configurations_that_are_installed_are_acceptable() =>
        Assert.Equal(
            443,
            Read(System.IO.File.ReadAllText(Checkout.Path("packaging", "config-https.json")))
                .IfFail(HostConfiguration.Default)
                .Caddy.Port.Number
        );

    private static LanguageExt.Validation<Core.Domain.Problem, HostConfiguration> Read(string text) =>
        ConfigurationReader.Read("config.json", text.Replace("ZONE", ZoneId, StringComparison.Ordinal));

    private static DnsSettings Settings(string text) =>
        Read(text)
            .Match(it => it, problems => throw new InvalidOperationException(string.Join("; ", problems)))
            .Dns.Settings.IfNone(() => throw new InvalidOperationException("no zones"));

    private static string Refused(string text) =>
        Read(text).Match(_ => "accepted", problems => string.Join("; ", problems));
}
