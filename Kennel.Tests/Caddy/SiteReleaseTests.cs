using Kennel.Core.Routing;
using static Kennel.Tests.Routing.Rows;

namespace Kennel.Tests.Caddy;

/// <summary>What a browser that has a page open keeps getting while sites are deployed.</summary>
public sealed class SiteReleaseTests
{
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string AskAgain = "public, max-age=0, must-revalidate";

    [CaddyFact]
    public async Task What_the_release_before_had_and_the_present_one_lacks_is_still_served()
    {
        await using var caddy = await Serving(SiteAfter("new", "old"), SiteAfter("spa", "old", singlePage: true));

        foreach (var host in new[] { "site.test", "spa.test" })
        {
            var script = await caddy.Get(host, "/assets/app-1111aaaa.js");
            Assert.Equal((200, "old script", ForEver), (script.Status, script.Body, script.Header("Cache-Control")));
            var shared = await caddy.Get(host, "/shared.css");
            Assert.Equal("new shared", shared.Body);
            Assert.NotEqual(script.Header("Etag"), shared.Header("Etag"));
        }
        Assert.Equal("new script", (await caddy.Get("site.test", "/assets/app-2222bbbb.js")).Body);
    }

    [CaddyFact]
    public async Task Pages_of_the_release_before_are_gone_at_once()
    {
        await using var caddy = await Serving(SiteAfter("new", "old"), SiteAfter("spa", "old", singlePage: true));

        Assert.Equal("new home", (await caddy.Get("site.test")).Body);
        foreach (var path in new[] { "/gone", "/gone.html", "/folder/", "/folder", "/folder/index.html" })
        {
            Assert.Equal(404, (await caddy.Get("site.test", path)).Status);
            Assert.Equal("the page", (await caddy.Get("spa.test", path)).Body);
        }
        Assert.Equal("new page", (await caddy.Get("site.test", "/moved")).Body);
    }

    [CaddyFact]
    public async Task Without_a_release_before_nothing_of_it_is_served()
    {
        await using var caddy = await Serving(Site("new"), Site("spa", singlePage: true));

        Assert.Equal(404, (await caddy.Get("site.test", "/assets/app-1111aaaa.js")).Status);
        var page = await caddy.Get("spa.test", "/assets/app-1111aaaa.js");
        Assert.Equal(("the page", AskAgain), (page.Body, page.Header("Cache-Control")));
    }

    [CaddyFact]
    public async Task Files_with_a_hash_of_their_content_in_their_name_are_kept_for_ever_and_no_others()
    {
        string[] hashed =
        [
            "app-3f9a1c2b.js",
            "app.3f9a1c2b9d8e7f60.css",
            "app-3f9a1c2b.js.map",
            "index.BX4k9_2z.css",
            "chunk-3F2KQJ7A.js",
            "deep/folder/logo_D1xk-9aQ.svg",
        ];
        string[] others =
        [
            "page-3f9a1c2b.html",
            "app.js",
            "report-20240131.pdf",
            "photo-iPhone13.jpg",
            "font-Regular.woff2",
            "my-carousel.min.js",
            "a-defaced.css",
            "release-notes-2b.txt",
            "3f9a1c2b.js",
        ];
        await using var caddy = await CaddySites.Serving(
            Table(("site.test", Site())),
            [.. hashed.Concat(others).Select(path => ($"site/{path}", "text"))]
        );

        Assert.Equal(hashed.Select(path => (path, ForEver)), await CacheControls(caddy, hashed));
        Assert.Equal(others.Select(path => (path, AskAgain)), await CacheControls(caddy, others));
        Assert.Equal("no-store", (await caddy.Get("site.test", "/gone-3f9a1c2b.js")).Header("Cache-Control"));
    }

    [CaddyFact]
    public async Task Files_that_lie_there_compressed_are_sent_as_they_lie_there()
    {
        await using var caddy = await CaddySites.Serving(
            Table(("site.test", Site()), ("spa.test", Site("spa", singlePage: true))),
            ("site/app.js", "plain"),
            ("site/app.js.br", "as brotli"),
            ("site/app.js.gz", "as gzip"),
            ("site/app.js.zst", "as zstd"),
            ("spa/index.html", "plain"),
            ("spa/index.html.gz", "as gzip")
        );

        foreach (var (accepted, coding) in new[] { ("gzip, br, zstd", "br"), ("gzip, zstd", "zstd"), ("gzip", "gzip") })
        {
            var page = await caddy.Get("site.test", "/app.js", ("Accept-Encoding", accepted));
            var name = coding == "br" ? "brotli" : coding;
            Assert.Equal((coding, $"as {name}"), (page.Header("Content-Encoding"), page.Body));
            Assert.Equal("Accept-Encoding", page.Header("Vary"));
        }
        Assert.Equal("plain", (await caddy.Get("site.test", "/app.js")).Body);
        Assert.Equal("as gzip", (await caddy.Get("spa.test", "/any/path", ("Accept-Encoding", "gzip"))).Body);
    }

    private static async Task<List<(string, string)>> CacheControls(CaddyProcess caddy, string[] paths)
    {
        var found = new List<(string, string)>();
        foreach (var path in paths)
            found.Add((path, (await caddy.Get("site.test", $"/{path}")).Header("Cache-Control")));
        return found;
    }

    private static Task<CaddyProcess> Serving(Route site, Route singlePage) =>
        CaddySites.Serving(
            Table(("site.test", site), ("spa.test", singlePage)),
            ("old/index.html", "old home"),
            ("old/gone.html", "gone"),
            ("old/folder/index.html", "gone"),
            ("old/moved", "old file"),
            ("old/shared.css", "old shared"),
            ("old/assets/app-1111aaaa.js", "old script"),
            ("new/index.html", "new home"),
            ("new/moved.html", "new page"),
            ("new/shared.css", "new shared"),
            ("new/assets/app-2222bbbb.js", "new script"),
            ("spa/index.html", "the page"),
            ("spa/shared.css", "new shared")
        );
}
