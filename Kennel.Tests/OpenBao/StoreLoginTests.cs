using Kennel.Core.Secrets;
using Kennel.Shell.OpenBao;
using Kennel.Tests.Store;

namespace Kennel.Tests.OpenBao;

public sealed class StoreLoginTests : IAsyncLifetime
{
    private const string A = "secretspec/hello/prod/A";
    private const string Read = "GET /v1/secret/data/" + A;
    private const string LogIn = "POST /v1/auth/approle/login";

    private readonly TemporaryFolder _folder = new();
    private OpenBaoStandIn _store = null!;

    public async Task InitializeAsync()
    {
        _store = await OpenBaoStandIn.Start();
        _store.Put(A, "v");
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_store.Violations);
    }

    [Fact]
    public async Task A_role_logs_in_once_and_its_token_is_used_again()
    {
        _store.Roles.Add(new StandInRole("role", "proof", 3600, 0));
        using var client = AppRole();

        Assert.Equal(["", "", ""], await Ask(client, 3));
        Assert.Equal([LogIn, Read, Read, Read], _store.Requests);
    }

    [Theory]
    [InlineData(3600, 3594, 3596)]
    [InlineData(20, 17, 19)]
    public async Task It_logs_in_again_before_its_token_ends(int seconds, int still, int again)
    {
        _store.Roles.Add(new StandInRole("role", "proof", seconds, 0));
        using var client = AppRole();

        await Ask(client, 1);
        _store.Clock.Now += TimeSpan.FromSeconds(still);
        await Ask(client, 1);
        _store.Clock.Now += TimeSpan.FromSeconds(again - still);
        Assert.Equal([""], await Ask(client, 1));

        Assert.Equal([LogIn, Read, Read, LogIn, Read], _store.Requests);
    }

    [Fact]
    public async Task A_token_is_used_no_more_often_than_it_may_be()
    {
        _store.Roles.Add(new StandInRole("role", "proof", 3600, 2));
        using var client = AppRole();

        Assert.Equal(["", "", "", "", ""], await Ask(client, 5));
        Assert.Equal([LogIn, Read, Read, LogIn, Read, Read, LogIn, Read], _store.Requests);
    }

    [Fact]
    public async Task A_token_that_was_revoked_is_got_anew_once()
    {
        _store.Roles.Add(new StandInRole("role", "proof", 3600, 0));
        using var client = AppRole();

        await Ask(client, 1);
        _store.Revoke();
        Assert.Equal([""], await Ask(client, 1));

        Assert.Equal([LogIn, Read, Read, LogIn, Read], _store.Requests);
    }

    [Fact]
    public async Task What_the_role_may_not_read_is_denied_and_not_asked_for_ever()
    {
        _store.Roles.Add(new StandInRole("role", "proof", 3600, 0));
        _store.Allowed.Clear();
        using var client = AppRole();

        Assert.Contains("is denied", Assert.Single(await Ask(client, 1)), StringComparison.Ordinal);
        Assert.Equal([LogIn, Read, LogIn, Read], _store.Requests);
    }

    [Fact]
    public async Task A_role_may_need_no_proof()
    {
        _store.Roles.Add(new StandInRole("role", null, 3600, 0));
        using var client = Client("?auth=approle&tls=false", ("BAO_ROLE_ID", "role"));

        Assert.Equal([""], await Ask(client, 1));
    }

    [Theory]
    [InlineData("other", "proof", "invalid role or secret ID")]
    [InlineData("role", "other", "invalid role or secret ID")]
    [InlineData("role", "", "missing secret_id")]
    public async Task A_refused_login_is_told(string role, string proof, string said)
    {
        _store.Roles.Add(new StandInRole("role", "proof", 3600, 0));
        using var client = Client("?auth=approle&tls=false", ("BAO_ROLE_ID", role), ("BAO_SECRET_ID", proof));

        Assert.Equal([$"the login with Kennel's role was answered with status 400 ({said})"], await Ask(client, 1));
    }

    [Fact]
    public async Task Roles_may_log_in_at_another_mount()
    {
        _store.LoginMount = "machines";
        _store.Roles.Add(new StandInRole("role", "proof", 3600, 0));
        using var client = Client(
            "?auth=approle&auth_mount=machines&tls=false",
            ("BAO_ROLE_ID", "role"),
            ("BAO_SECRET_ID", "proof")
        );

        Assert.Equal([""], await Ask(client, 1));
    }

    [Fact]
    public async Task Role_and_proof_may_be_in_files()
    {
        _store.Roles.Add(new StandInRole("role", "proof", 3600, 0));
        var files = new StoreFiles(None, File("role", "role\n"), File("proof", "proof\n"));
        using var client = new OpenBaoClient(Options(_store.Url, files), _store.Clock);

        Assert.Equal([""], await Ask(client, 1));
    }

    [Fact]
    public async Task A_token_in_a_file_is_read_anew_each_time()
    {
        var file = File("token", "first\n");
        _store.Give("first", TimeSpan.FromMinutes(1));
        _store.Give("second");
        using var client = new OpenBaoClient(Options(_store.Url, StoreFiles.None with { Token = file }), _store.Clock);

        Assert.Equal([""], await Ask(client, 1));
        _store.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Contains("is denied", Assert.Single(await Ask(client, 1)), StringComparison.Ordinal);
        File("token", "second\n");
        Assert.Equal([""], await Ask(client, 1));
    }

    [Theory]
    [InlineData("BAO_TOKEN")]
    [InlineData("VAULT_TOKEN")]
    public async Task The_environment_may_have_the_token(string name)
    {
        _store.Give("given");
        using var client = Client("?tls=false", (name, "given"));

        Assert.Equal([""], await Ask(client, 1));
    }

    [Theory]
    [InlineData("BAO_TOKEN_PATH")]
    [InlineData("VAULT_TOKEN_PATH")]
    public async Task The_environment_may_say_where_the_token_is(string name)
    {
        _store.Give("given");
        using var client = Client("?tls=false", (name, File("token", "given\n")));

        Assert.Equal([""], await Ask(client, 1));
    }

    [Fact]
    public async Task The_newer_names_go_before_the_older_ones()
    {
        _store.Give("right");

        using var client = Client("?tls=false", ("BAO_TOKEN", "right"), ("VAULT_TOKEN", "wrong"));

        Assert.Equal([""], await Ask(client, 1));
    }

    [Fact]
    public async Task A_newer_name_that_is_empty_hides_the_older_one()
    {
        _store.Give("given");
        using var client = Client("?tls=false", ("BAO_TOKEN", ""), ("VAULT_TOKEN", "given"));

        Assert.Equal(
            ["there is no token: set secrets.tokenFile, or VAULT_TOKEN in the environment of kennel.service"],
            await Ask(client, 1)
        );
        Assert.Empty(_store.Requests);
    }

    [Fact]
    public async Task Vault_knows_the_older_names_only()
    {
        _store.Give("given");
        using var denied = new OpenBaoClient(
            Options($"vault://{_store.Authority}?tls=false", StoreFiles.None, ("BAO_TOKEN", "given")),
            _store.Clock
        );
        using var asked = new OpenBaoClient(
            Options($"vault://{_store.Authority}?tls=false", StoreFiles.None, ("VAULT_TOKEN", "given")),
            _store.Clock
        );

        Assert.NotEqual([""], await Ask(denied, 1));
        Assert.Equal([""], await Ask(asked, 1));
    }

    [Fact]
    public async Task The_environment_may_say_where_the_store_is()
    {
        _store.Give("given");
        using var client = new OpenBaoClient(
            Options("openbao://", StoreFiles.None, ("VAULT_ADDR", _store.Url + "/"), ("BAO_TOKEN", "given")),
            _store.Clock
        );

        Assert.Equal([""], await Ask(client, 1));
    }

    private OpenBaoClient AppRole() =>
        Client("?auth=approle&tls=false", ("BAO_ROLE_ID", "role"), ("BAO_SECRET_ID", "proof"));

    private OpenBaoClient Client(string query, params (string, string)[] variables) =>
        new(Options($"openbao://{_store.Authority}{query}", StoreFiles.None, variables), _store.Clock);

    private static StoreOptions Options(string uri, StoreFiles files, params (string Name, string Value)[] variables) =>
        new(
            StoreUri.Parse("", uri).Match(it => it, problems => throw new InvalidOperationException($"{problems}")),
            files,
            name => variables.Where(it => it.Name == name).Select(it => it.Value).ToSeq().HeadOrNone()
        );

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private static async Task<IReadOnlyList<string>> Ask(OpenBaoClient client, int times)
    {
        var told = new List<string>();
        for (var time = 0; time < times; time++)
        {
            var read = await client.Read(
                Map((new SecretAddress(A, "value"), Option<int>.None)),
                CancellationToken.None
            );
            told.Add(read.Match(_ => "", problem => problem.Describe()));
        }
        return told;
    }
}
