using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Tests.Manifest;

public sealed class CustomDomainTests
{
    [Theory]
    [InlineData("shop.example.org", "shop.example.org")]
    [InlineData("Shop.Example.ORG", "shop.example.org")]
    [InlineData("shop.example.org.", "shop.example.org")]
    [InlineData("xn--bcher-kva.example.org", "xn--bcher-kva.example.org")]
    [InlineData("4711.example.org", "4711.example.org")]
    public void A_domain_is_folded_as_DNS_folds_it(string given, string expected) =>
        Assert.Equal(Some(expected), CustomDomains.Parse("here", given).ToOption().Map(domain => domain.Value));

    [Theory]
    [InlineData("bücher.example.org", "Punycode")]
    [InlineData("localhost", "a whole domain")]
    [InlineData("192.0.2.7", "no address")]
    [InlineData("2001:db8::7", "a host name")]
    [InlineData("*.example.org", "a host name")]
    [InlineData("shop.example.org..", "a host name")]
    [InlineData("https://shop.example.org", "a host name")]
    [InlineData("", "a host name")]
    [InlineData(".", "a host name")]
    public void What_is_no_domain_is_refused_with_what_is_allowed(string given, string allowed)
    {
        var problem = CustomDomains
            .Parse("services.api.custom_domain", given)
            .Match(domain => domain.Value, problems => string.Join("; ", problems));

        Assert.StartsWith("services.api.custom_domain: got ", problem, StringComparison.Ordinal);
        Assert.Contains(allowed, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void One_domain_leads_to_one_component()
    {
        var problems = ManifestReader
            .Read(
                """{"services":{"api":{"custom_domain":"a.org"}},"static_sites":{"docs":{"custom_domain":"A.org."}},"version":1}"""
            )
            .Match(_ => "", problems => string.Join("; ", problems));

        Assert.Equal(
            "kennel.json: custom_domain: got \"a.org\"; expected one component with this domain, not api and docs",
            problems
        );
    }
}
