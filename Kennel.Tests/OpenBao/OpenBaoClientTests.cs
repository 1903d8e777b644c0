using System.Text.Json.Nodes;
using Kennel.Core.Secrets;
using Kennel.Shell.OpenBao;
using Kennel.Tests.Store;
using Microsoft.AspNetCore.Http;

namespace Kennel.Tests.OpenBao;

public sealed class OpenBaoClientTests : IAsyncLifetime
{
    private const string Canary = "canary-value-71c2";
    private const string A = "secretspec/hello/prod/A";

    private readonly TemporaryFolder _folder = new();
    private OpenBaoStandIn _store = null!;

    public async Task InitializeAsync() => _store = await OpenBaoStandIn.Start();

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_store.Violations);
    }

    [Fact]
    public async Task A_value_comes_with_its_version()
    {
        _store.Put(A, "old");
        _store.Put(A, "new");

        Assert.Equal("new@2", await Read(A));
        Assert.Equal(["GET /v1/secret/data/secretspec/hello/prod/A"], _store.Requests);
    }

    [Fact]
    public async Task A_version_that_was_read_before_can_be_read_again()
    {
        _store.Put(A, "old");
        _store.Put(A, "new");

        Assert.Equal("old@1", await Read(A, version: 1));
        Assert.Equal(["GET /v1/secret/data/secretspec/hello/prod/A?version=1"], _store.Requests);
    }

    [Fact]
    public async Task An_empty_value_is_a_value()
    {
        _store.Put(A, "");

        Assert.Equal("@1", await Read(A));
    }

    [Fact]
    public async Task What_was_never_there_is_absent() => Assert.Equal("absent", await Read(A));

    [Fact]
    public async Task What_was_deleted_or_destroyed_is_absent_though_the_answer_has_a_body()
    {
        _store.Put(A, "one");
        _store.Put(A, "two");
        _store.Engines["secret"].Delete(A, 2);
        _store.Engines["secret"].Destroy(A, 1);

        Assert.Equal(("absent", "absent"), (await Read(A), await Read(A, version: 1)));
    }

    [Fact]
    public async Task A_field_that_is_not_there_or_is_no_text_is_absent()
    {
        _store
            .Engines["secret"]
            .Put(
                A,
                new JsonObject
                {
                    ["number"] = 1,
                    ["nothing"] = null,
                    ["text"] = "t",
                }
            );

        Assert.Equal(
            ["absent", "absent", "absent", "t@1"],
            [
                await Read(A),
                await Read(A, field: "number"),
                await Read(A, field: "nothing"),
                await Read(A, field: "text"),
            ]
        );
    }

    [Fact]
    public async Task Fields_of_one_entry_are_asked_for_once()
    {
        _store.Engines["secret"].Put("shared/s3", new JsonObject { ["id"] = "i", ["key"] = "k" });
        using var client = Client();

        var answers = await client.Read(
            Map(
                (new SecretAddress("shared/s3", "id"), Option<int>.None),
                (new SecretAddress("shared/s3", "key"), Option<int>.None)
            ),
            CancellationToken.None
        );

        Assert.Equal(2, answers.Match(it => it.Count, _ => 0));
        Assert.Single(_store.Requests);
    }

    [Fact]
    public async Task What_may_not_be_read_is_an_error_and_not_absent()
    {
        _store.Give("limited");

        Assert.Equal(
            $"reading secret/other/a of {_store.Url} is denied (1 error occurred:  * permission denied): "
                + "the token or the policy of Kennel's role does not allow it",
            await Read("other/a", Client(token: "limited"))
        );
    }

    [Theory]
    [InlineData("<html>not found</html>")]
    [InlineData("")]
    [InlineData("""{ "errors": ["no handler for route"] }""")]
    public async Task A_404_that_is_not_the_stores_own_word_for_absent_is_an_error(string body)
    {
        _store.Instead = _ => Results.Text(body, statusCode: 404);

        Assert.StartsWith("reading secret/", await Read(A), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sealed_store_is_told_as_such()
    {
        _store.IsSealed = true;

        Assert.Equal($"{_store.Url} is sealed; it must be unsealed there", await Read(A));
    }

    [Fact]
    public async Task The_token_is_not_sent_after_a_redirection()
    {
        _store.ActiveServer = "http://127.0.0.1:1";

        Assert.Contains("write the address of the active server", await Read(A), StringComparison.Ordinal);
        Assert.Single(_store.Requests);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_given_up()
    {
        _store.IsHanging = true;

        Assert.Equal($"{_store.Url} did not answer within 0.5 s", await Read(A));
    }

    [Fact]
    public async Task A_lost_answer_is_told()
    {
        _store.LosesAnswers = true;

        Assert.StartsWith($"{_store.Url} cannot be reached: ", await Read(A), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_told()
    {
        var url = _store.Url;
        var client = Client();
        await _store.DisposeAsync();

        Assert.StartsWith($"{url} cannot be reached: ", await Read(A, client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{ "data": null }""")]
    [InlineData("""{ "data": { "data": { "value": "x" } } }""")]
    [InlineData("""{ "data": { "data": "x", "metadata": { "version": 1 } } }""")]
    [InlineData("""{ "data": { "data": { "value": "x" }, "metadata": ["version"] } }""")]
    [InlineData("""{ "data": { "data": { "value": "x" }, "metadata": { "version": "1" } } }""")]
    public async Task Something_else_is_no_entry(string body)
    {
        _store.Instead = _ => Results.Text(body);

        Assert.EndsWith(" and something that is no entry", await Read(A), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_without_versions_has_none()
    {
        _store.Engines["old"].Put(A, new JsonObject { ["value"] = "v" });

        Assert.Equal("v", await Read(A, Client(uri: $"openbao://{_store.Authority}/old?kv=1&tls=false")));
        Assert.Equal(["GET /v1/old/secretspec/hello/prod/A"], _store.Requests);
    }

    [Fact]
    public async Task A_namespace_is_asked_as_the_address_says_else_as_the_environment_does()
    {
        _store.Namespace = "club/apps";
        _store.Put(A, "v");

        Assert.Equal("v@1", await Read(A, Client(uri: $"openbao://club/apps@{_store.Authority}?tls=false")));
        Assert.Equal("v@1", await Read(A, Client(variables: ("BAO_NAMESPACE", "club/apps"))));
        Assert.NotEqual("v@1", await Read(A, Client(variables: ("BAO_NAMESPACE", "other"))));
    }

    [Fact]
    public async Task Neither_values_nor_tokens_are_in_what_is_told()
    {
        _store.Give(Canary);
        _store.Put(A, Canary);
        using var client = Client(token: Canary);

        var read = await client.Read(Question(A, "value", None), CancellationToken.None);
        _store.Instead = _ => Results.Text(Canary, statusCode: 500);
        var failed = await client.Read(Question(A, "value", None), CancellationToken.None);

        Assert.True(read.IsRight && failed.IsLeft);
        Assert.DoesNotContain(
            Canary,
            $"{read} {failed} {failed.Match(_ => "", it => it.Describe())}",
            StringComparison.Ordinal
        );
    }

    [DescribedFact]
    public async Task Every_request_is_as_the_vendor_describes_it()
    {
        _store.Roles.Add(new StandInRole("role", "secret", 60, 1));
        using var client = new OpenBaoClient(
            Options(
                $"openbao://{_store.Authority}?auth=approle&tls=false",
                ("BAO_ROLE_ID", "role"),
                ("BAO_SECRET_ID", "secret")
            ),
            _store.Clock
        );

        await client.Read(Question(A, "value", None), CancellationToken.None);
        await client.Read(Question(A, "value", 3), CancellationToken.None);

        Assert.Equal(["POST", "GET", "POST", "GET"], _store.Requests.Select(it => it.Split(' ')[0]));
        Assert.Empty(_store.Violations);
        Assert.NotEmpty(
            OpenBaoDescription.Given.Map(it => it.Violations("POST", "/secret/nothing/a", [], "{}")).IfNone([])
        );
    }

    private OpenBaoClient Client(
        string? uri = null,
        string token = OpenBaoStandIn.RootToken,
        params (string, string)[] variables
    ) => new(Options(uri ?? _store.Url, [("BAO_TOKEN", token), .. variables]), _store.Clock);

    private static StoreOptions Options(string uri, params (string Name, string Value)[] variables) =>
        new(
            StoreUri.Parse("", uri).Match(it => it, problems => throw new InvalidOperationException($"{problems}")),
            StoreFiles.None,
            name => variables.Where(it => it.Name == name).Select(it => it.Value).ToSeq().HeadOrNone()
        )
        {
            AnswerLimit = TimeSpan.FromMilliseconds(500),
        };

    private static Map<SecretAddress, Option<int>> Question(string path, string field, Option<int> version) =>
        Map((new SecretAddress(path, field), version));

    private Task<string> Read(string path, string field = "value", int? version = null) =>
        Read(path, Client(), field, version);

    private static async Task<string> Read(
        string path,
        OpenBaoClient client,
        string field = "value",
        int? version = null
    )
    {
        using var used = client;
        var read = await used.Read(Question(path, field, Optional(version)), CancellationToken.None);
        return read.Match(
            answers =>
                answers.Values.Single() is SecretAnswer.Found found
                    ? found.Value.RevealText().IfNone("") + found.Version.Match(it => $"@{it}", () => "")
                    : "absent",
            problem => problem.Describe()
        );
    }
}
