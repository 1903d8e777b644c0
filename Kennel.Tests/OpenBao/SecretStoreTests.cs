using System.Text.Json.Nodes;
using Kennel.Core.Domain;
using Kennel.Core.Ports;
using Kennel.Core.Secrets;
using Kennel.Shell.OpenBao;
using Kennel.Tests.Secrets;
using Kennel.Tests.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.OpenBao;

public sealed class SecretStoreTests : IAsyncLifetime
{
    private const string Canary = "canary-value-90ab";
    private static readonly UnitName Unit = UnitName
        .Parse("", "kennel-hello-main-api-0123456789.service")
        .Match(it => it, _ => throw new InvalidOperationException());

    private readonly TemporaryFolder _folder = new();
    private OpenBaoStandIn _openBao = null!;
    private SecretStore _store = null!;

    public async Task InitializeAsync()
    {
        _openBao = await OpenBaoStandIn.Start();
        _store = Store(
            new StoreOptions(
                StoreUri.Parse("", _openBao.Url).Match(it => it, _ => throw new InvalidOperationException()),
                StoreFiles.None,
                name => name == "VAULT_TOKEN" ? Some(OpenBaoStandIn.RootToken) : None
            )
        );
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _openBao.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(_openBao.Violations);
    }

    private string Of(string file) => Path.Combine(_folder.Path, Unit.Value, file);

    [Fact]
    public async Task A_start_is_given_what_the_release_read_and_not_what_came_later()
    {
        _openBao.Put("secretspec/hello/prod/A", "a \"1\"");
        var secrets = await Read(_store, """{ "prod": { "A": {}, "B": { "required": false } } }""");
        _openBao.Put("secretspec/hello/prod/A", "2");
        _openBao.Put("secretspec/hello/prod/B", "new");

        Assert.IsType<Effect.Done>(await Write(secrets));
        Assert.Equal("A=\"a \\\"1\\\"\"\n", File.ReadAllText(Of("environment")));
    }

    [Fact]
    public async Task Nobody_else_may_look_at_the_files()
    {
        _openBao.Engines["secret"].Put("secretspec/hello/prod/A", new JsonObject { ["value"] = "/w==" });
        var secrets = await Read(_store, """{ "prod": { "A": { "as_path": true, "encoding": "base64" } } }""");

        Assert.IsType<Effect.Done>(await Write(secrets));
        Assert.Equal([0xff], File.ReadAllBytes(Of("A.file")));
        Assert.Equal("", File.ReadAllText(Of("environment")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(Of("A.file"))!)
        );
        Assert.All(
            ["A.file", "environment"],
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Of(file)))
        );
    }

    [Fact]
    public async Task What_is_there_is_seen_replaced_and_removed()
    {
        _openBao.Put("secretspec/hello/prod/A", "a");
        var secrets = await Read(_store, """{ "prod": { "A": {} } }""");

        Assert.Equal(Set<UnitName>(), await Seen());
        await Write(secrets);
        await Write(secrets);
        Assert.Equal(Set(Unit), await Seen());
        await _store.Remove(new Action.RemoveSecrets(Unit), CancellationToken.None);
        await _store.Remove(new Action.RemoveSecrets(Unit), CancellationToken.None);
        Assert.Equal(Set<UnitName>(), await Seen());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_store_that_is_sealed_changes_nothing_that_is_there()
    {
        _openBao.Put("secretspec/hello/prod/A", Canary);
        var secrets = await Read(_store, """{ "prod": { "A": {} } }""");
        await Write(secrets);
        _openBao.IsSealed = true;

        var effect = await Write(secrets);

        Assert.Equal(
            $"OpenBao could not be asked: {_openBao.Url} is sealed; it must be unsealed there",
            Assert.IsType<Effect.Failed>(effect).Cause.Describe().Sentence
        );
        Assert.Equal($"A=\"{Canary}\"\n", File.ReadAllText(Of("environment")));
    }

    [Fact]
    public async Task A_version_that_was_destroyed_is_told_and_no_value_with_it()
    {
        _openBao.Put("secretspec/hello/prod/A", Canary);
        var secrets = await Read(_store, """{ "prod": { "A": {} } }""");
        _openBao.Engines["secret"].Destroy("secretspec/hello/prod/A", 1);

        var effect = await Write(secrets);

        Assert.Contains("version 1 of secretspec/hello/prod/A", $"{effect}", StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, $"{effect} {secrets}", StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Without_a_store_defaults_do_and_what_is_required_is_told()
    {
        await using var none = Store(None);

        Assert.IsType<Effect.Done>(
            await none.Write(
                new Action.WriteSecrets(Unit, await Read(none, """{ "prod": { "A": { "default": "d" } } }""")),
                CancellationToken.None
            )
        );
        Assert.Equal("A=\"d\"\n", File.ReadAllText(Of("environment")));
        Assert.IsType<SecretReading.Wanting>(
            (
                await none.Read(
                    Specifications.Planned(Specifications.File("""{ "prod": { "B": {} } }""")),
                    CancellationToken.None
                )
            ).Match(Right: it => it, Left: _ => null!)
        );
    }

    [Fact]
    public void Where_the_directory_is_missing_it_is_not_made_and_that_is_told()
    {
        var memory = new SecretMemory(Path.Combine(_folder.Path, "missing"));

        Assert.Contains("systemd-tmpfiles", $"{memory.Put(Unit, Seq<ResolvedSecret>())}", StringComparison.Ordinal);
        Assert.Equal(Set<UnitName>(), memory.Units().Match(known: it => it, unknown: _ => Set(Unit)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private SecretStore Store(LanguageExt.Option<StoreOptions> options) =>
        new(options, new SecretMemory(_folder.Path), TimeProvider.System, () => { });

    private async Task<Effect> Write(ReleaseSecrets secrets) =>
        await _store.Write(new Action.WriteSecrets(Unit, secrets), CancellationToken.None);

    private async Task<Set<UnitName>> Seen() =>
        (await _store.Files(CancellationToken.None)).Match(known: units => units, unknown: _ => Set<UnitName>());

    private static async Task<ReleaseSecrets> Read(SecretStore store, string profiles) =>
        (await store.Read(Specifications.Planned(Specifications.File(profiles)), CancellationToken.None)).Match(
            Right: it => ((SecretReading.Read)it).Secrets,
            Left: cause => throw new InvalidOperationException(cause.Describe().Sentence)
        );
}
