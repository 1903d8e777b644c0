using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    private static Validation<Problem, HostConfiguration> Read(string text) =>
        ConfigurationReader.Read("config.json", text);

    private static HostConfiguration Accepted(string text) =>
        Read(text).Match(it => it, problems => throw new InvalidOperationException(string.Join("; ", problems)));

    private static Seq<string> Refused(string text) =>
        Read(text).Match(_ => Seq<string>(), problems => problems.Map(problem => problem.ToString()));

    [Fact]
    public void An_empty_object_means_the_defaults() => Assert.Equal(HostConfiguration.Default, Accepted("{}"));

    [Fact]
    public void Every_option_can_be_written_with_its_own_default()
    {
        var written = ConfigurationEntries.All.Map(entry =>
            entry.Key.Split('.').Reverse().Aggregate(entry.Default, (value, name) => $$"""{ "{{name}}": {{value}} }""")
        );

        Assert.All(written, text => Assert.Equal(HostConfiguration.Default, Accepted(text)));
    }

    [Fact]
    public void What_is_written_is_what_holds()
    {
        var configuration = Accepted(
            """
            {
              "api": { "host": "::1", "port": 3001 },
              "domains": { "ephemeral": "Apps.Example.org" },
              "caddy": { "adminUrl": "unix//run/caddy/admin.sock", "port": 80 },
              "builder": { "memoryBytes": 1073741824, "timeoutSeconds": 60 },
              "git": { "allowedProtocols": ["file"], "credentialsFile": "/etc/kennel/git" },
              "ports": { "first": 20000, "last": 20010, "coolingSeconds": 1 },
              "releases": { "keep": 5, "readyDeadlineSeconds": 7 },
              "webhookSecretFile": "/run/secrets/webhook"
            }
            """
        );

        Assert.Equal("apps.example.org", configuration.Domains.Ephemeral.Value);
        Assert.Equal("unix//run/caddy/admin.sock", configuration.Caddy.AdminUrl);
        Assert.Equal(80, configuration.Caddy.Port.Number);
        Assert.Equal(1UL << 30, configuration.Builder.Limits.MemoryBytes);
        Assert.Equal(Seq1("file"), configuration.Git.AllowedProtocols);
        Assert.Equal(Some("/run/secrets/webhook"), configuration.WebhookSecretFile);
        Assert.Equal(5, configuration.Releases.Keep);
        Assert.Equal(20010, configuration.Ports.Last.Number);
    }

    [Fact]
    public void When_branches_expire_reaches_the_plan()
    {
        var configuration = Accepted("""{ "expiry": { "hibernateAfterSeconds": 10, "removeAfterSeconds": 0 } }""");
        Assert.Equal(
            new Core.Lifecycle.ExpiryPeriods(TimeSpan.FromSeconds(10), TimeSpan.Zero),
            configuration.ToSettings(Views.Scene.Instance, Views.Scene.Settings.BuildHost).Expiry
        );
    }

    [Fact]
    public void What_pushes_and_the_queue_need_reaches_the_plan()
    {
        var configuration = Accepted(
            """
            {
              "api": { "publicUrl": "https://kennel.example.org/" },
              "projects": { "autoRegister": ["Club", "lab"] },
              "forgejo": { "url": "https://git.example.org/", "tokenFile": "/run/secrets/forgejo" },
              "builder": { "maxConcurrentBuilds": 3, "minFreeDisk": 0, "minFreeDiskPercent": 10 }
            }
            """
        );
        var settings = configuration.ToSettings(Views.Scene.Instance, Views.Scene.Settings.BuildHost);

        Assert.Equal(new QueueSettings(3, 0, 10), settings.Queue);
        Assert.Equal(
            new ForgeSettings(Set("club", "lab"), "https://git.example.org")
            {
                LookInterval = TimeSpan.FromMinutes(10),
            },
            settings.Forge
        );
        Assert.Equal("https://kennel.example.org/webhook/hello", configuration.Api.WebhookUrl(Views.Scene.Hello));
        Assert.Equal(Some("/run/secrets/forgejo"), configuration.Forgejo.TokenFile);
    }

    [Fact]
    public void How_caches_are_given_reaches_the_plan_also_where_new_releases_get_none()
    {
        var caches = """{ "mode": "instance", "serverPath": "/opt/valkey-server", "instanceMemoryBytes": 8388608 }""";
        var configuration = Accepted($$"""{ "resources": { "valkey": {{caches}} } }""");
        var settings = configuration.ToSettings(Views.Scene.Instance, Views.Scene.Settings.BuildHost);

        Assert.Equal(new CacheSettings(CacheMode.Instance, "/opt/valkey-server", 8 << 20), settings.Resources.Caches);
        Assert.True(settings.Resources.Valkey.IsNone);
    }

    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:3000/webhook/hello")]
    [InlineData("::1", "http://[::1]:3000/webhook/hello")]
    public void Without_a_public_url_webhooks_go_to_the_address_itself(string host, string url) =>
        Assert.Equal(url, Accepted($$"""{ "api": { "host": "{{host}}" } }""").Api.WebhookUrl(Views.Scene.Hello));

    [Theory]
    [InlineData("""{ "forgejo": { "url": "git.example.org" } }""", "forgejo.url")]
    [InlineData("""{ "forgejo": { "url": "https://me:secret@git.example.org" } }""", "forgejo.url")]
    [InlineData("""{ "forgejo": { "url": "https://git.example.org/?x=1" } }""", "forgejo.url")]
    [InlineData("""{ "api": { "publicUrl": "ftp://x" } }""", "api.publicUrl")]
    [InlineData("""{ "projects": { "autoRegister": "club" } }""", "projects.autoRegister")]
    [InlineData("""{ "projects": { "autoRegister": ["club", 7] } }""", "projects.autoRegister")]
    [InlineData("""{ "projects": { "autoRegister": ["club/hello"] } }""", "projects.autoRegister")]
    [InlineData("""{ "builder": { "minFreeDisk": -1 } }""", "builder.minFreeDisk")]
    [InlineData("""{ "builder": { "minFreeDiskPercent": 101 } }""", "builder.minFreeDiskPercent")]
    [InlineData("""{ "resources": { "valkey": { "mode": "own" } } }""", "resources.valkey.mode")]
    [InlineData("""{ "resources": { "valkey": { "mode": null } } }""", "resources.valkey.mode")]
    [InlineData("""{ "resources": { "valkey": { "serverPath": "valkey-server" } } }""", "resources.valkey.serverPath")]
    [InlineData(
        """{ "resources": { "valkey": { "instanceMemoryBytes": 1024 } } }""",
        "resources.valkey.instanceMemoryBytes"
    )]
    public void What_cannot_be_meant_is_refused(string text, string key) =>
        Assert.StartsWith($"config.json: {key}: got ", Assert.Single(Refused(text)));

    [Fact]
    public void Repositories_register_themselves_only_where_the_forge_is_known() =>
        Assert.Equal(
            "config.json: projects.autoRegister: got \"club, lab\"; expected forgejo.url beside it, "
                + "for only repositories of that forge may register themselves",
            Assert.Single(Refused("""{ "projects": { "autoRegister": ["club", "lab"] } }"""))
        );

    [Fact]
    public void All_mistakes_are_told_at_once_each_with_place_value_and_what_is_allowed() =>
        Assert.Equal(
            Seq(
                "config.json: api.port: got \"70000\"; expected a port from 1 to 65535",
                "config.json: caddy.adminUrl: got \"localhost:2019\"; expected \"http://host:port\" or \"unix//absolute/path\"",
                "config.json: builder.maxConcurrentBuilds: got \"two\"; expected a whole number from 1 to 64",
                "config.json: socket: got \"kennel.sock\"; expected an absolute path without \"..\"",
                "config.json: ports.last: got \"19000\"; expected a port not below ports.first, which is 20000"
            ),
            Refused(
                """
                {
                  "api": { "port": 70000 },
                  "caddy": { "adminUrl": "localhost:2019" },
                  "builder": { "maxConcurrentBuilds": "two" },
                  "socket": "kennel.sock",
                  "ports": { "first": 20000, "last": 19000 }
                }
                """
            )
        );

    [Fact]
    public void An_unknown_option_is_refused_with_what_was_probably_meant()
    {
        var problem = Assert.Single(Refused("""{ "builder": { "maxConcurentBuilds": 3 } }"""));

        Assert.StartsWith("config.json: builder.maxConcurentBuilds: got \"3\"; expected one of", problem);
        Assert.EndsWith("did you mean builder.maxConcurrentBuilds?", problem);
    }

    [Fact]
    public void A_secret_that_was_written_into_the_file_is_refused_and_not_repeated()
    {
        var problem = Assert.Single(Refused("""{ "webhookSecret": "hunter2" }"""));

        Assert.DoesNotContain("hunter2", problem);
        Assert.Contains("did you mean webhookSecretFile?", problem);
    }

    [Fact]
    public void A_group_that_is_not_an_object_is_refused() =>
        Assert.Contains("an object with any of", Assert.Single(Refused("""{ "caddy": 80 }""")));

    [Fact]
    public void An_option_that_stands_twice_is_refused() =>
        Assert.Equal(
            "config.json: socket: got 2 values; expected one value",
            Assert.Single(Refused("""{ "socket": "/a", "socket": "/b" }"""))
        );

    [Theory]
    [InlineData("", "config.json: line 1, column 1: got text that is not JSON; expected a JSON object")]
    [InlineData(
        "{\n  \"api\": ,\n}",
        "config.json: line 2, column 10: got text that is not JSON; expected a JSON object"
    )]
    [InlineData("[]", "config.json: got \"[]\"; expected a JSON object")]
    public void Text_that_is_not_an_object_is_refused_with_its_place(string text, string problem) =>
        Assert.Equal(problem, Assert.Single(Refused(text)));

    [Fact]
    public void The_reference_page_is_made_from_the_same_list() =>
        Golden.Holds("docs/reference/configuration.md", ConfigurationReference.Page());

    [Fact]
    public void The_configuration_that_is_installed_is_acceptable() =>
        Accepted(File.ReadAllText(Path.Combine(Golden.Repository, "packaging/config.json")));
}
