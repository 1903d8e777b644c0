using Kennel.Core.Lifecycle;

namespace Kennel.Tests.Lifecycle;

public sealed class KnownBotsTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)")]
    [InlineData(
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)"
    )]
    [InlineData("Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)")]
    [InlineData("Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)")]
    [InlineData("facebookexternalhit/1.1")]
    [InlineData("Mozilla/5.0 (compatible; Baiduspider-render/2.0)")]
    [InlineData("Synapse (bot; +https://github.com/matrix-org/synapse)")]
    [InlineData("UptimeRobot/2.0")]
    [InlineData("Uptime-Kuma/1.23.16")]
    [InlineData("kube-probe/1.30")]
    [InlineData("Blackbox Exporter/0.25.0")]
    [InlineData("check_http/v2.3.1 (monitoring-plugins 2.3.1)")]
    [InlineData("Mozilla/5.0 zgrab/0.x")]
    [InlineData("Kennel-Activity/1 0123456789abcdef")]
    public void Crawlers_previews_checkers_and_scanners_are_known(string agent) => Assert.True(KnownBots.IsBot(agent));

    [Theory]
    [InlineData("")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 10; CUBOT_P30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
    )]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
    )]
    [InlineData("curl/8.14.1")]
    [InlineData("python-requests/2.32.3")]
    [InlineData("Go-http-client/1.1")]
    [InlineData("git/2.47.3")]
    [InlineData("okhttp/4.12.0")]
    public void People_and_their_own_programs_are_none(string agent) => Assert.False(KnownBots.IsBot(agent));

    [Fact]
    public void Every_sign_is_said_once()
    {
        foreach (var one in KnownBots.All)
            Assert.DoesNotContain(
                KnownBots.All,
                other => other != one && one.Text.Contains(other.Text, StringComparison.OrdinalIgnoreCase)
            );
    }
}
