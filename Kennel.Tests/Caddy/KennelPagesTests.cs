using Kennel.Core.Routing;
using static Kennel.Tests.Routing.Rows;

namespace Kennel.Tests.Caddy;

/// <summary>What Caddy says in Kennel's words about branches that are hidden or worked on.</summary>
public sealed class KennelPagesTests
{
    private const string Message = """Back at {http.request.host} {x}, "5 < 6" & \{more\} } soon {""";

    [CaddyFact]
    public async Task A_branch_in_maintenance_says_so_and_when_to_come_back()
    {
        await using var caddy = await CaddySites.Serving(Table(("app.test", new Route.Maintenance(Message))));

        var text = await caddy.Get("app.test", "/any/path");
        var posted = await caddy.Send(HttpMethod.Post, "app.test", "/");

        Assert.Equal((503, "120", "no-store"), (text.Status, text.Header("Retry-After"), text.Header("Cache-Control")));
        Assert.Equal($"Kennel: app.test is under maintenance. Try again later.\n{Message}\n", text.Body);
        Assert.Equal((503, text.Body), (posted.Status, posted.Body));
    }

    [CaddyFact]
    public async Task A_browser_in_maintenance_gets_a_page_in_which_the_message_is_text_only()
    {
        await using var caddy = await CaddySites.Serving(
            Table(
                ("app.test", new Route.Maintenance(Message)),
                ("evil.test", new Route.Maintenance("<script>alert(1)</script>\r\nsecond\u001b line"))
            )
        );

        var page = await caddy.Get("app.test", "/", ("Accept", "text/html,application/xhtml+xml;q=0.9"));
        var evil = await caddy.Get("evil.test", "/", ("Accept", "text/html"));

        Assert.Equal((503, "text/html; charset=utf-8"), (page.Status, page.Header("Content-Type")));
        Assert.Contains(
            """>Back at {http.request.host} {x}, &quot;5 &lt; 6&quot; &amp; \{more\} } soon {<""",
            page.Body,
            StringComparison.Ordinal
        );
        Assert.Contains(">&lt;script&gt;alert(1)&lt;/script&gt;&#xA;second line<", evil.Body, StringComparison.Ordinal);
    }

    [CaddyFact]
    public async Task Any_message_is_shown_as_it_is()
    {
        string[] messages = ["closes } and \\} only", "opens { and \\{ only", "\\", "}{", "\\\\{a\\\\}"];
        await using var caddy = await CaddySites.Serving(RoutingTable.Empty);

        foreach (var message in messages)
        {
            await CaddySites.Serve(caddy, Table(("app.test", new Route.Maintenance(message))));
            Assert.EndsWith($"\n{message}\n", (await caddy.Get("app.test")).Body, StringComparison.Ordinal);
        }
    }

    [CaddyFact]
    public async Task A_hidden_host_tells_search_engines_to_stay_away_with_every_answer()
    {
        await using var application = await Application.Start("app");
        var table = RoutingTable
            .Empty.With(Hidden(Ours, application.Route), "app.test")
            .With(Hidden(Ours, Service(1)), "down.test")
            .With(Hidden(Ours, Site()), "site.test")
            .With(Hidden(Ours, Site("spa", singlePage: true)), "spa.test")
            .With(Hidden(Ours, new Route.Asleep()), "asleep.test")
            .With(Hidden(Ours, new Route.Maintenance("")), "closed.test")
            .With(Ours, "open.test", application.Route);
        await using var caddy = await CaddySites.Serving(
            table,
            ("site/index.html", "home"),
            ("site/robots.txt", "Allow: /"),
            ("site/404.html", "own"),
            ("spa/index.html", "page")
        );

        foreach (
            var (host, path, status) in new[]
            {
                ("app.test", "/", 200),
                ("down.test", "/", 502),
                ("site.test", "/", 200),
                ("site.test", "/missing", 404),
                ("spa.test", "/any", 200),
                ("asleep.test", "/", 503),
                ("closed.test", "/", 503),
            }
        )
        {
            var page = await caddy.Get(host, path);
            Assert.Equal((host, status, "noindex"), (host, page.Status, page.Header("X-Robots-Tag")));
            var robots = await caddy.Get(host, "/robots.txt");
            Assert.Equal((200, "User-agent: *\nDisallow: /\n"), (robots.Status, robots.Body));
        }
        Assert.Equal("", (await caddy.Get("open.test")).Header("X-Robots-Tag"));
        Assert.NotEqual("User-agent", (await caddy.Get("open.test", "/robots.txt")).Body.Split(':')[0]);
    }
}
