using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Views;
using Kennel.Shell.Forgejo;
using Kennel.Shell.Store;
using Kennel.Tests.Store;
using Microsoft.AspNetCore.Http;

namespace Kennel.Tests.Forgejo;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Target = "http://127.0.0.1:3000/webhook/hello";

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder _folder = new();
    private ForgejoStandIn _forgejo = null!;

    public async Task InitializeAsync()
    {
        _forgejo = await ForgejoStandIn.Start();
        File.WriteAllText(TokenFile, ForgejoStandIn.Token + "\n");
        File.WriteAllText(SecretFile, "swordfish\n");
    }

    public async Task DisposeAsync()
    {
        await _forgejo.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_forgejo.Violations);
    }

    private string TokenFile => Path.Combine(_folder.Path, "token");

    private string SecretFile => Path.Combine(_folder.Path, "secret");

    private ProjectWebhooks Webhooks =>
        new(
            HostConfiguration.Default with
            {
                Forgejo = new ForgejoConfiguration(_forgejo.Url, TokenFile),
            },
            AnswerLimit
        );

    private ProjectRow Hello =>
        new(
            new ProjectId(1),
            StoreOnTrial.Hello,
            None,
            $"{_forgejo.Url}/club/hello.git",
            StoreOnTrial.Must(BranchName.Parse("", "main")),
            DateTimeOffset.UnixEpoch,
            toSet(Enum.GetValues<DeployEnvironment>()),
            None,
            SecretFile
        );

    private Task<WebhookView> Ensure(bool isSecretKnown = false) =>
        Webhooks.Ensure(Hello, isSecretKnown, CancellationToken.None);

    [Fact]
    public async Task A_repository_without_a_webhook_gets_one_with_the_secret()
    {
        Assert.Equal(("made", Option<string>.None), Ended(await Ensure()));

        var hook = Assert.Single(_forgejo.Hooks);
        Assert.Equal(("forgejo", true, Target, "json"), (hook.Type, hook.IsActive, hook.Url, hook.ContentType));
        Assert.Equal("swordfish", hook.Secret);
        Assert.Subset(
            hook.Events.ToHashSet(),
            new System.Collections.Generic.HashSet<string> { "push", "create", "delete", "pull_request" }
        );
    }

    [Fact]
    public async Task What_Kennel_made_is_kept_when_it_is_asked_for_again()
    {
        await Ensure();
        var made = Assert.Single(_forgejo.Hooks);

        Assert.Equal(("kept", Option<string>.None), Ended(await Ensure(isSecretKnown: true)));

        Assert.Equal(made, Assert.Single(_forgejo.Hooks));
    }

    [Fact]
    public async Task A_webhook_whose_secret_may_be_another_is_made_anew()
    {
        _forgejo.Add(StandInHook.For(Target));

        Assert.Equal(("replaced", Option<string>.None), Ended(await Ensure()));

        Assert.Equal("swordfish", Assert.Single(_forgejo.Hooks).Secret);
    }

    [Theory]
    [InlineData("inactive")]
    [InlineData("type")]
    [InlineData("form")]
    [InlineData("filter")]
    [InlineData("events")]
    [InlineData("only")]
    public async Task A_webhook_that_delivers_to_Kennel_in_another_way_is_made_anew(string what)
    {
        var good = StandInHook.For(Target);
        _forgejo.Add(
            what switch
            {
                "inactive" => good with { IsActive = false },
                "type" => good with { Type = "gitea" },
                "form" => good with { ContentType = "form" },
                "filter" => good with { BranchFilter = "main" },
                "events" => good with { Events = ["push"] },
                _ => good with { Events = ["push", "create", "delete", "pull_request"] },
            }
        );

        Assert.Equal("replaced", (await Ensure(isSecretKnown: true)).State);

        Assert.Equal("swordfish", Assert.Single(_forgejo.Hooks).Secret);
    }

    [Fact]
    public async Task Webhooks_that_deliver_elsewhere_are_left_alone_however_many_there_are()
    {
        _forgejo.PageMax = 7;
        var others = Enumerable
            .Range(0, 40)
            .Select(index => _forgejo.Add(StandInHook.For($"{Target}{index}")))
            .ToList();
        _forgejo.Add(StandInHook.For(Target));

        Assert.Equal("kept", (await Ensure(isSecretKnown: true)).State);
        Assert.Equal("removed", (await Webhooks.Remove(Hello, CancellationToken.None)).State);
        Assert.Equal("absent", (await Webhooks.Remove(Hello, CancellationToken.None)).State);

        Assert.Equal(others, _forgejo.Hooks);
    }

    [Theory]
    [InlineData("token", "does not know the token in forgejo.tokenFile (invalid username, password or token)")]
    [InlineData("scope", "it needs the scope write:repository")]
    [InlineData("repository", "has no such repository for the token's user")]
    [InlineData("archived", "the repository is archived")]
    [InlineData("500", "answered with status 500")]
    [InlineData("page", "something that is not Forgejo's API")]
    [InlineData("redirection", "write the address it leads to in forgejo.url")]
    [InlineData("slow", "did not answer within 2 s")]
    [InlineData("down", "cannot be reached")]
    public async Task What_goes_wrong_is_told_and_left_to_a_person(string what, string told)
    {
        var row = what == "repository" ? Hello with { CloneUrl = $"{_forgejo.Url}/club/other.git" } : Hello;
        _forgejo.Scopes = what == "scope" ? ["read:repository"] : _forgejo.Scopes;
        _forgejo.IsArchived = what == "archived";
        _forgejo.Instead = what switch
        {
            "500" => _ => Results.Json(new { message = "", url = "" }, statusCode: 500),
            "slow" => http =>
            {
                http.RequestAborted.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
                return Results.Ok();
            },
            "page" => _ => Results.Text("<html>", "text/html"),
            "redirection" => _ => Results.Redirect("https://elsewhere.example.org/"),
            _ => null,
        };
        if (what == "token")
            File.WriteAllText(TokenFile, "stale");
        var webhooks = Webhooks;
        if (what == "down")
            await _forgejo.DisposeAsync();

        var view = await webhooks.Ensure(row, isSecretKnown: false, CancellationToken.None);

        Assert.Equal("by-hand", view.State);
        Assert.Contains(told, view.Warning.IfNone(""));
        Assert.DoesNotContain(ForgejoStandIn.Token, $"{view}");
        Assert.DoesNotContain("stale", $"{view}");
        Assert.DoesNotContain("swordfish", $"{view}");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a\u0001b", "control characters")]
    public async Task A_token_that_cannot_be_one_is_told_and_never_sent(string token, string told)
    {
        File.WriteAllText(TokenFile, token);

        var view = await Ensure();

        Assert.Equal("by-hand", view.State);
        Assert.Contains(told, view.Warning.IfNone(""));
        Assert.Empty(_forgejo.Requests);
    }

    [Fact]
    public async Task Without_a_token_or_on_another_forge_nobody_is_asked()
    {
        var elsewhere = Hello with { CloneUrl = "https://git.example.org/club/hello.git" };
        var view = await Webhooks.Ensure(elsewhere, isSecretKnown: false, CancellationToken.None);
        var without = await new ProjectWebhooks(HostConfiguration.Default, AnswerLimit).Ensure(
            Hello,
            false,
            CancellationToken.None
        );

        Assert.Equal(("by-hand", Option<string>.None), Ended(view));
        Assert.Equal(("by-hand", Option<string>.None), Ended(without));
        Assert.Empty(_forgejo.Requests);
    }

    [DescribedFact]
    public async Task Every_request_is_as_Forgejo_describes_it()
    {
        await Ensure();
        await Ensure(isSecretKnown: true);
        await Webhooks.Remove(Hello, CancellationToken.None);

        Assert.Equal(["GET", "POST", "GET", "GET", "DELETE"], _forgejo.Requests.Select(asked => asked.Split(' ')[0]));
        Assert.Empty(_forgejo.Violations);
        Assert.NotEmpty(ForgejoDescription.All.SelectMany(it => it.Violations("POST", "/repos/a/b/hooks", [], "{}")));
    }

    private static (string, Option<string>) Ended(WebhookView view) => (view.State, view.Warning);
}
