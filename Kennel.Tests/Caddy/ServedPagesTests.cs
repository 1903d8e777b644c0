using Kennel.Core.Routing;
using static Kennel.Tests.Routing.Rows;

namespace Kennel.Tests.Caddy;

/// <summary>What visitors get from a real Caddy with Kennel's subtree.</summary>
public sealed class ServedPagesTests
{
    private static readonly RoutingTable Sites = Table(
        ("site.test", Site("site")),
        ("spa.test", Site("spa", singlePage: true))
    );

    [CaddyFact]
    public async Task An_unknown_host_gets_404_in_Kennels_words()
    {
        await using var caddy = await Serving(RoutingTable.Empty);

        var page = await caddy.Get("nobody.test");

        Assert.Equal((404, "Kennel: nothing is deployed at nobody.test.\n"), (page.Status, page.Body));
        Assert.Equal(
            ("no-store", "text/plain; charset=utf-8"),
            (page.Header("Cache-Control"), page.Header("Content-Type"))
        );
    }

    [CaddyFact]
    public async Task A_service_is_reached_by_its_host_name_however_that_is_spelled()
    {
        await using var application = await Application.Start("app");
        await using var caddy = await Serving(Table(("my-app.test", application.Route)));

        foreach (
            var host in new[] { "my-app.test", "MY-App.test", "my-app.test.", "my-app.test:8080", "My-App.TEST.:80" }
        )
            Assert.StartsWith("app\n", (await caddy.Get(host)).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await caddy.Get("my-app.test.evil")).Status);
        Assert.Equal(404, (await caddy.Get("[::1]:80")).Status);
    }

    [CaddyFact]
    public async Task A_service_learns_who_asked_and_cannot_be_told_otherwise()
    {
        await using var application = await Application.Start("app");
        await using var caddy = await Serving(Table(("app.test", application.Route)));

        var page = await caddy.Get("app.test", "/", ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Proto", "gopher"));

        Assert.Contains("Host: app.test\n", page.Body, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-For: 127.0.0.1\n", page.Body, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-Host: app.test\n", page.Body, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-Proto: http", page.Body, StringComparison.Ordinal);
    }

    [CaddyFact]
    public async Task A_service_that_is_down_gives_502_in_Kennels_words_with_a_request_id()
    {
        await using var caddy = await Serving(Table(("down.test", Service(1))));

        var page = await caddy.Get("down.test");

        Assert.Equal((502, "no-store"), (page.Status, page.Header("Cache-Control")));
        Assert.StartsWith("Kennel: the application at down.test does not answer.", page.Body, StringComparison.Ordinal);
        Assert.Equal(36, page.Header("X-Request-Id").Length);
        Assert.Contains(page.Header("X-Request-Id"), page.Body, StringComparison.Ordinal);
    }

    [CaddyFact]
    public async Task A_site_serves_its_pages_with_and_without_their_ending()
    {
        await using var caddy = await ServingSites();

        Assert.Equal("home", (await caddy.Get("site.test")).Body);
        Assert.Equal("about", (await caddy.Get("site.test", "/about")).Body);
        Assert.Equal("about", (await caddy.Get("site.test", "/about.html?query=1")).Body);
        Assert.Equal("odd name", (await caddy.Get("site.test", "/5%25%20%231%c3%a9")).Body);
        Assert.Equal("why", (await caddy.Get("site.test", "/why%3f.html")).Body);
        Assert.Equal("guide", (await caddy.Get("site.test", "/guide/")).Body);
        var directory = await caddy.Get("site.test", "/guide");
        Assert.Equal((308, "/guide/"), (directory.Status, directory.Header("Location")));
    }

    [CaddyFact]
    public async Task A_sites_own_page_for_what_is_missing_comes_with_404()
    {
        await using var caddy = await ServingSites();
        var date = ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:01 GMT");

        foreach (
            var path in new[]
            {
                "/missing",
                "/guide/missing.png",
                "/..%2f..%2fspa/index.html",
                "/%2e%2e/spa/index.html",
            }
        )
            Assert.Equal((404, "own 404"), Told(await caddy.Get("site.test", path)));
        var conditional = await caddy.Get(
            "site.test",
            "/missing",
            date,
            ("If-None-Match", "*"),
            ("Range", "bytes=0-1")
        );
        Assert.Equal((404, "own 404"), Told(conditional));
        Assert.Equal("", conditional.Header("Etag") + conditional.Header("Last-Modified"));

        File.Delete(CaddySites.FileOf(caddy, "site/404.html"));
        Assert.Equal((404, "Kennel: 404 Not Found\n"), Told(await caddy.Get("site.test", "/missing")));
    }

    [CaddyFact]
    public async Task A_single_page_site_answers_every_unknown_path_with_its_page()
    {
        await using var caddy = await ServingSites();

        foreach (var path in new[] { "/", "/some/route", "/assets/", "/assets", "/some/route?x=1" })
            Assert.Equal((200, "the page"), Told(await caddy.Get("spa.test", path)));
        Assert.Equal((200, "script"), Told(await caddy.Get("spa.test", "/assets/app.js")));
    }

    [CaddyFact]
    public async Task Sites_take_no_other_methods()
    {
        await using var caddy = await ServingSites();

        foreach (var host in new[] { "site.test", "spa.test" })
            Assert.Equal(405, (await caddy.Send(HttpMethod.Post, host, "/")).Status);
        Assert.Equal(200, (await caddy.Send(HttpMethod.Head, "site.test", "/about")).Status);
    }

    [CaddyFact]
    public async Task Browsers_tell_pages_of_two_releases_apart_though_the_store_gives_them_one_date()
    {
        await using var caddy = await ServingSites();
        var page = await caddy.Get("site.test");
        var date = ("If-Modified-Since", "Thu, 01 Jan 1970 00:00:01 GMT");

        Assert.Equal("", page.Header("Last-Modified"));
        Assert.Equal("public, max-age=0, must-revalidate", page.Header("Cache-Control"));
        Assert.Equal(304, (await caddy.Get("site.test", "/", ("If-None-Match", page.Header("Etag")))).Status);
        Assert.Equal(200, (await caddy.Get("site.test", "/", date)).Status);
        Assert.NotEqual(page.Header("Etag"), (await caddy.Get("spa.test")).Header("Etag"));
    }

    [CaddyFact]
    public async Task Large_texts_of_sites_travel_compressed()
    {
        await using var caddy = await ServingSites();

        var page = await caddy.Get("site.test", "/large.css", ("Accept-Encoding", "gzip"));

        Assert.Equal("gzip", page.Header("Content-Encoding"));
        var again = ("If-None-Match", page.Header("Etag"));
        Assert.Equal(304, (await caddy.Get("site.test", "/large.css", ("Accept-Encoding", "gzip"), again)).Status);
    }

    private static (int, string) Told(Page page) => (page.Status, page.Body);

    private static async Task<CaddyProcess> Serving(RoutingTable table)
    {
        var caddy = await CaddyProcess.Start();
        await CaddySites.Serve(caddy, table);
        return caddy;
    }

    private static Task<CaddyProcess> ServingSites() =>
        CaddySites.Serving(
            Sites,
            ("site/index.html", "home"),
            ("site/about.html", "about"),
            ("site/5% #1é.html", "odd name"),
            ("site/why?.html", "why"),
            ("site/guide/index.html", "guide"),
            ("site/404.html", "own 404"),
            ("site/large.css", string.Concat(Enumerable.Repeat("p { color: red }\n", 1000))),
            ("spa/index.html", "the page"),
            ("spa/assets/app.js", "script")
        );
}
