using Kennel.Core.Routing;
using static Kennel.Tests.Routing.Rows;

namespace Kennel.Tests.Routing;

public sealed class ServerSearchTests
{
    [Theory]
    [InlineData(":80")]
    [InlineData("127.0.0.1:80")]
    [InlineData("tcp/:80")]
    [InlineData("tcp6/[::1]:80")]
    [InlineData("[::]:80")]
    [InlineData(":80-90")]
    [InlineData("tcp/0.0.0.0:1-1024")]
    public void An_address_with_the_port_covers_it(string listen) =>
        Assert.True(ServerAddress.Covers(listen, Port(80)));

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData(":8080")]
    [InlineData(":81-90")]
    [InlineData("udp/:80")]
    [InlineData("unix//run/web.sock")]
    [InlineData("unix//run/odd:80")]
    [InlineData("{env.ADDRESS}")]
    public void Any_other_address_does_not(string listen) => Assert.False(ServerAddress.Covers(listen, Port(80)));

    [Fact]
    public void The_server_that_everybody_reaches_is_taken_before_one_of_a_single_address()
    {
        const string servers = """
            {
              "a": { "listen": ["127.0.0.1:80"] },
              "b": { "listen": [":443", ":80"], "routes": [] },
              "c": { "listen": [":80"], "routes": null }
            }
            """;

        Assert.Equal(
            new RoutingPlace.Missing("b", HasRoutes: true, "tag"),
            ServerSearch.Find(servers, "tag", Port(80))
        );
    }

    [Fact]
    public void A_server_without_a_list_of_routes_will_do() =>
        Assert.Equal(
            new RoutingPlace.Missing("web", HasRoutes: false, "tag"),
            ServerSearch.Find("""{"web":{"listen":[":80"],"routes":null}}""", "tag", Port(80))
        );

    [Fact]
    public void Where_none_listens_on_the_port_it_says_what_they_listen_on() =>
        Assert.Equal(
            new RoutingPlace.NoServer("one on :443, :8443; two on nothing"),
            ServerSearch.Find("""{"one":{"listen":[":443",":8443"]},"two":{}}""", "tag", Port(80))
        );

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("not JSON")]
    public void Where_there_is_no_server_it_says_so(string servers) =>
        Assert.Equal(new RoutingPlace.NoServer("no server"), ServerSearch.Find(servers, "tag", Port(80)));
}
