using Kennel.Core.Routing;

namespace Kennel.Core.Lifecycle;

/// <summary>One sign by which a program is known that asks on nobody's behalf.</summary>
/// <param name="Text">Part of its user agent, whatever the case of its letters.</param>
/// <param name="What">What it is, and where that is written.</param>
public sealed record KnownBot(string Text, string What);

/// <summary>
/// Crawlers, fetchers of link previews, health checkers and scanners. Their requests wake nothing and are no activity.
/// Whoever is missing here only keeps a branch awake for longer; a browser taken for one of them would not be let in. So
/// the signs are such as no browser has, and programs that people use themselves, such as curl, are not here.
/// </summary>
public static class KnownBots
{
    /// <summary>How much of a user agent is looked at.</summary>
    public const int CharactersMax = 512;

    /// <summary>All signs.</summary>
    public static readonly Seq<KnownBot> All = Seq(
        new KnownBot(AccessLog.ProofAgent, "Kennel proves that the access log arrives"),
        // By convention: what crawls says so and gives an address where that is explained.
        new KnownBot("+http", "an address behind a plus sign, as Google, Bing and most crawlers have it"),
        new KnownBot("bot/", "…bot/1.0: Googlebot, bingbot, GPTBot, ClaudeBot, Discordbot, YandexBot, AhrefsBot…"),
        new KnownBot("bot;", "(compatible; …bot; …)"),
        new KnownBot("bot)", "(…bot)"),
        new KnownBot("crawler", "by its name"),
        new KnownBot("spider", "Baiduspider, Bytespider: by their names"),
        // Search engines and link previews that do not follow the convention.
        new KnownBot("Google-InspectionTool", "developers.google.com/search/docs/crawling-indexing"),
        new KnownBot("Mediapartners-Google", "developers.google.com/search/docs/crawling-indexing"),
        new KnownBot("Storebot-Google", "developers.google.com/search/docs/crawling-indexing"),
        new KnownBot("BingPreview", "www.bing.com/webmasters/help"),
        new KnownBot("Slurp", "Yahoo: help.yahoo.com/kb/SLN22600.html"),
        new KnownBot("facebookexternalhit", "developers.facebook.com/docs/sharing/webmasters/web-crawlers"),
        new KnownBot("meta-externalagent", "developers.facebook.com/docs/sharing/webmasters/web-crawlers"),
        new KnownBot("WhatsApp/", "fetches link previews"),
        new KnownBot("Slack-ImgProxy", "api.slack.com/robots"),
        new KnownBot("SkypeUriPreview", "fetches link previews"),
        new KnownBot("Synapse (bot", "Matrix: fetches link previews"),
        new KnownBot("Mastodon/", "fetches link previews"),
        new KnownBot("ia_archiver", "archive.org"),
        // Health checkers and monitoring.
        new KnownBot("kube-probe/", "Kubernetes"),
        new KnownBot("GoogleHC/", "Google Cloud load balancers"),
        new KnownBot("GoogleStackdriverMonitoring", "Google Cloud uptime checks"),
        new KnownBot("ELB-HealthChecker", "AWS load balancers"),
        new KnownBot("Amazon-Route53-Health-Check", "AWS Route 53"),
        new KnownBot("Uptime-Kuma", "github.com/louislam/uptime-kuma"),
        new KnownBot("UptimeRobot", "uptimerobot.com"),
        new KnownBot("Better Stack", "betterstack.com"),
        new KnownBot("Better Uptime", "betterstack.com"),
        new KnownBot("Pingdom", "pingdom.com"),
        new KnownBot("StatusCake", "statuscake.com"),
        new KnownBot("HetrixTools", "hetrixtools.com"),
        new KnownBot("Site24x7", "site24x7.com"),
        new KnownBot("Checkly", "checklyhq.com"),
        new KnownBot("DatadogSynthetics", "docs.datadoghq.com/synthetics"),
        new KnownBot("NewRelicPinger", "docs.newrelic.com/docs/synthetics"),
        new KnownBot("Gatus/", "github.com/TwiN/gatus"),
        new KnownBot("Blackbox Exporter", "github.com/prometheus/blackbox_exporter"),
        new KnownBot("Prometheus/", "scrapes metrics"),
        new KnownBot("check_http", "monitoring-plugins.org: Nagios, Icinga"),
        new KnownBot("Zabbix", "zabbix.com"),
        new KnownBot("Consul Health Check", "developer.hashicorp.com/consul"),
        new KnownBot("HAProxy", "health checks"),
        // Scanners of the whole network.
        new KnownBot("CensysInspect", "censys.com"),
        new KnownBot("zgrab/", "zmap.io"),
        new KnownBot("masscan", "github.com/robertdavidgraham/masscan"),
        new KnownBot("Nmap Scripting Engine", "nmap.org"),
        new KnownBot("Expanse, a Palo Alto Networks", "expanse.co"),
        new KnownBot("Nuclei", "github.com/projectdiscovery/nuclei")
    );

    /// <summary>Whether a user agent has one of the signs. An empty one has none: that says nothing of who it is.</summary>
    public static bool IsBot(string userAgent)
    {
        var looked = userAgent.Length <= CharactersMax ? userAgent : userAgent[..CharactersMax];
        return All.Exists(bot => looked.Contains(bot.Text, StringComparison.OrdinalIgnoreCase));
    }
}
