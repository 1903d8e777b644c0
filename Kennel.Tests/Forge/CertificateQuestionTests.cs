using Kennel.Core.Routing;
using Kennel.Shell.Caddy;
using Kennel.Tests.Caddy;

namespace Kennel.Tests.Forge;

/// <summary>What the web server is told when it asks whether it may have a certificate.</summary>
public sealed class CertificateQuestionTests
{
    [Theory]
    [InlineData("domain=shop.example.net", 200)]
    [InlineData("domain=SHOP.example.NET.", 200)]
    [InlineData("domain=other.example.net", 404)]
    [InlineData("domain=shop.example.net.evil.org", 404)]
    [InlineData("domain=*.example.net", 404)]
    [InlineData("domain=", 400)]
    [InlineData("", 400)]
    [InlineData("domain=shop.example.net&domain=other.example.net", 400)]
    public async Task Yes_is_said_for_a_name_that_is_served_alone(string query, int status)
    {
        await using var kennel = await WebhookOnTrial.Start();
        kennel.Served.Publish(OnDemandTlsTests.Serving("shop.example.net"));

        Assert.Equal(status, await Ask(kennel, query));
    }

    [Fact]
    public async Task Nothing_but_a_question_is_answered_there()
    {
        await using var kennel = await WebhookOnTrial.Start();

        using var answer = await kennel.Http.PostAsync("/internal/tls/ask?domain=shop.example.net", null);
        Assert.Equal(405, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_name_that_is_no_longer_served_is_refused_from_then_on()
    {
        await using var kennel = await WebhookOnTrial.Start();
        kennel.Served.Publish(OnDemandTlsTests.Serving("shop.example.net"));
        kennel.Served.Publish(RoutingTable.Empty);

        Assert.Equal(404, await Ask(kennel, "domain=shop.example.net"));
    }

    [Fact]
    public async Task Known_names_are_answered_while_the_database_is_held_by_somebody()
    {
        await using var kennel = await WebhookOnTrial.Start();
        kennel.Served.Publish(OnDemandTlsTests.Serving("shop.example.net"));
        using var release = new ManualResetEventSlim();
        var held = new TaskCompletionSource();
        var holding = Task.Run(() =>
            kennel.Store.Database.Write(
                _ =>
                {
                    held.SetResult();
                    release.Wait();
                    return true;
                },
                _ => true,
                CancellationToken.None
            )
        );
        await held.Task;

        Assert.Equal(200, await Ask(kennel, "domain=shop.example.net"));
        Assert.Equal(404, await Ask(kennel, "domain=other.example.net"));

        release.Set();
        await holding;
    }

    [Fact]
    public async Task Known_names_are_answered_when_the_database_is_damaged()
    {
        await using var kennel = await WebhookOnTrial.Start();
        kennel.Served.Publish(OnDemandTlsTests.Serving("shop.example.net"));
        await File.WriteAllBytesAsync(kennel.DatabasePath, new byte[8192]);

        Assert.Equal(200, await Ask(kennel, "domain=shop.example.net"));
    }

    [Fact]
    public void A_name_of_Kennels_own_is_served_whatever_the_table_says()
    {
        var served = new ServedHosts("kennel--activity.example.org");
        Assert.True(served.Contains("kennel--activity.example.org"));
        served.Publish(RoutingTable.Empty);
        Assert.True(served.Contains("kennel--activity.example.org"));
    }

    [CaddyFact]
    public async Task What_a_switch_serves_is_known_at_once_and_what_was_served_before_a_start_too()
    {
        await using var caddy = await CaddyProcess.Start();
        await CaddySites.Serve(caddy, OnDemandTlsTests.Serving("shop.example.net"));
        Assert.True(caddy.Client.Served.Contains("shop.example.net"));

        using var again = caddy.Connect();
        Assert.False(again.Served.Contains("shop.example.net"));
        again.Remember();
        Assert.True(again.Served.Contains("shop.example.net"));
    }

    private static async Task<int> Ask(WebhookOnTrial kennel, string query)
    {
        using var answer = await kennel.Http.GetAsync($"/internal/tls/ask?{query}");
        return (int)answer.StatusCode;
    }
}
