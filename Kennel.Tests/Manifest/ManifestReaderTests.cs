using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Tests.Manifest;

public sealed class ManifestReaderTests
{
    [Fact]
    public void Version_1_is_read_as_projects_have_it()
    {
        var manifest = Good(
            """
            {"preview_deployments":false,"resources":["postgres"],"services":{"api":{"custom_domain":"API.cmucal.com"}},
            "static_sites":{"docs":{"custom_domain":null,"package_attr":"docs-site","spa":true}},"version":1}
            """
        ).Manifest;

        Assert.Equal(["api", "docs"], manifest.Components.Map(name => name.Value).AsEnumerable());
        Assert.Equal(Some("api.cmucal.com"), manifest.Services[Named("api")].CustomDomain.Map(host => host.Value));
        Assert.Equal(
            new SiteManifest(None, "docs-site", SinglePage: true, IsPrimary: false),
            manifest.Sites[Named("docs")]
        );
        Assert.Equal(Some(Set("postgres")), manifest.Resources);
        Assert.False(manifest.PreviewDeployments);
    }

    [Fact]
    public void The_older_shape_without_a_version_deploys_pull_requests_and_lists_no_resources()
    {
        var read = Good("""{"services":{"api":{"custom_domain":null,"oidc":null}},"static_sites":{}}""");

        Assert.Empty(read.Warnings);
        Assert.True(read.Manifest.PreviewDeployments);
        Assert.Equal(None, read.Manifest.Resources);
        Assert.IsType<Readiness.Tcp>(read.Manifest.Services[Named("api")].Ready);
    }

    [Theory]
    [InlineData("""{"sites":{"docs":{"packageAttr":"site","customDomain":"a.org"}}}""")]
    [InlineData("""{"staticSites":{"docs":{"package_attr":"site","custom_domain":"a.org"}}}""")]
    [InlineData("""{"static_sites":{"docs":{"packageAttr":"site","custom_domain":"a.org"}}}""")]
    public void Both_spellings_of_keys_mean_the_same(string text)
    {
        var site = Good(text).Manifest.Sites[Named("docs")];

        Assert.Equal(("site", Some("a.org")), (site.PackageAttribute, site.CustomDomain.Map(host => host.Value)));
    }

    [Theory]
    [InlineData("""{"path":"/health"}""", "/health")]
    [InlineData("""{"http":{"get":{"path":"/up?x=1","port":8080}}}""", "/up?x=1")]
    [InlineData("""{"http":{"get":{"port":8080}}}""", "/")]
    public void Ready_is_a_path_or_a_probe_as_devenv_has_it(string ready, string path) =>
        Assert.Equal(
            new Readiness.Http(path),
            Good(Service($"\"ready\":{ready}")).Manifest.Services[Named("api")].Ready
        );

    [Fact]
    public void Ready_may_be_a_mere_connection() =>
        Assert.Equal(new Readiness.Tcp(), Good(Service("\"ready\":\"tcp\"")).Manifest.Services[Named("api")].Ready);

    [Fact]
    public void A_service_says_what_it_may_do_beyond_the_strict_sandbox()
    {
        var sandbox = """{"memory":"2G","tasks":100,"cpu":"150%","jit":false,"namespaces":true,"netlink":true}""";

        var service = Good(Service($"\"sandbox\":{sandbox}")).Manifest.Services[Named("api")];

        Assert.Equal(new Relaxations(2UL << 30, 100, 150, false, true, true), service.Relaxations);
    }

    [Fact]
    public void A_service_that_asks_for_nothing_stays_strict() =>
        Assert.Equal(Relaxations.Default, Good(Service("\"sandbox\":{}")).Manifest.Services[Named("api")].Relaxations);

    [Fact]
    public void Keys_that_mean_nothing_are_warned_about_with_their_path() =>
        Assert.Equal(
            [
                "kennel.json: extra is ignored: Kennel does not know it",
                "kennel.json: services.api.oidc is ignored: Kennel does not know it",
                "kennel.json: services.api.ready.initial_delay is ignored: Kennel does not know it",
                "kennel.json: services.api.ready.http.get.port is ignored: "
                    + "it is the port in development; a deployed service listens on PORT",
                "kennel.json: services.api.sandbox.root is ignored: Kennel does not know it",
                "kennel.json: sites.docs.index is ignored: Kennel does not know it",
            ],
            Good(
                """
                {"extra":1,"services":{"api":{"oidc":{"redirect_paths":[]},
                "ready":{"initial_delay":3,"http":{"get":{"port":80}}},"sandbox":{"root":true}}},
                "sites":{"docs":{"index":"x"}}}
                """
            )
                .Warnings.AsEnumerable()
        );

    [Fact]
    public void All_errors_are_told_at_once_each_with_its_place_what_was_given_and_what_is_allowed() =>
        Assert.Equal(
            [
                "kennel.json: version: got \"2\"; expected 1, the only version there is; "
                    + "a newer one needs a newer Kennel, an older one `devenv update`",
                "kennel.json: services.\"a b\": got \"a b\"; expected 1 to 63 of A-Z a-z 0-9 _ -, beginning with a letter or _",
                "kennel.json: services.api.custom_domain: got \"-x\"; expected a host name of labels of a-z 0-9 -, "
                    + "at most 63 characters each and 253 in all",
                "kennel.json: services.api.ready: got \"exec\"; expected \"tcp\", \"notify\", or an object with just one of "
                    + "{\"path\": \"/…\"}, {\"http\": {\"get\": {\"path\": \"/…\"}}}, {\"tcp\": true} and {\"notify\": true}",
                "kennel.json: services.api.primary: got \"yes\"; expected true or false",
                "kennel.json: services.api.env.A: got \"1\"; expected a text",
                "kennel.json: services.api.env.KENNEL_URL: got \"KENNEL_URL\"; expected a name that neither Kennel, "
                    + "the service manager nor the loader sets or obeys",
                "kennel.json: services.api.sandbox.memory: got \"1T\"; expected a text from \"16M\" to \"64G\", "
                    + "such as \"512M\" or \"2G\"",
                "kennel.json: resources[0]: got \"mysql\"; expected one of garage, postgres, valkey",
                "kennel.json: services.api: got \"a service and a site of this name\"; expected one of them",
            ],
            Bad(
                """
                {"version":2,"services":{"a b":{},"api":{"custom_domain":"-x","ready":{"exec":"x"},"primary":"yes",
                "env":{"A":1,"KENNEL_URL":"x"},"sandbox":{"memory":"1T"}}},"sites":{"api":{}},"resources":["mysql"]}
                """
            )
        );

    [Theory]
    [InlineData("LD_PRELOAD")]
    [InlineData("LD_LIBRARY_PATH")]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("PORT")]
    [InlineData("HOST")]
    [InlineData("APP_URL")]
    [InlineData("KENNEL_X")]
    [InlineData("NOTIFY_SOCKET")]
    [InlineData("LISTEN_FDS")]
    [InlineData("1A")]
    [InlineData("A=B")]
    [InlineData("A\\nB")]
    [InlineData("")]
    public void A_variable_that_another_sets_or_that_is_no_name_is_refused(string name) =>
        Assert.Single(Bad(Service($"\"env\":{{\"{name}\":\"x\"}}")));

    [Theory]
    [InlineData("""{"services":{"api":{},"api":{}}}""", "kennel.json: services.api: got \"2 times\"")]
    [InlineData("""{"version":1,"version":1}""", "kennel.json: version: got \"2 times\"")]
    [InlineData("""{"sites":{},"static_sites":{}}""", "kennel.json: static_sites: got \"static_sites and sites\"")]
    [InlineData(
        """{"services":{"a":{"primary":true}},"sites":{"b":{"primary":true}}}""",
        "kennel.json: primary: got \"a, b\""
    )]
    [InlineData("""{"services":{"a":[]}}""", "kennel.json: services.a: got \"a list\"; expected an object")]
    [InlineData(
        """{"services":{"a":{"ready":{"path":"health"}}}}""",
        "kennel.json: services.a.ready.path: got \"health\""
    )]
    [InlineData("""{"services":{"a":{"sandbox":{"cpu":2}}}}""", "kennel.json: services.a.sandbox.cpu: got \"2\"")]
    [InlineData(
        """{"services":{"a":{"sandbox":{"tasks":1e9}}}}""",
        "kennel.json: services.a.sandbox.tasks: got \"1e9\""
    )]
    [InlineData(
        """{"sites":{"a":{"package_attr":"x; rm -rf"}}}""",
        "kennel.json: sites.a.package_attr: got \"x; rm -rf\""
    )]
    [InlineData("[]", "kennel.json:: got \"a list\"; expected an object")]
    [InlineData("{", "kennel.json: line 1: got \"{\"; expected JSON")]
    [InlineData("", "kennel.json: line 1: got \"\"; expected JSON")]
    [InlineData("{\n  \"a\": oops\n}", "kennel.json: line 2: got \"\"a\": oops\"; expected JSON")]
    [InlineData("""{"a":"\ud800"}""", "kennel.json: got \"half of a surrogate pair")]
    public void What_is_wrong_is_named(string text, string error) => Assert.StartsWith(error, Assert.Single(Bad(text)));

    [Fact]
    public void A_file_that_is_too_long_or_too_deep_is_refused()
    {
        Assert.Contains("at most 1048576 bytes", Assert.Single(Bad(new string(' ', 1 << 20) + "{}")));
        Assert.Contains("32 levels", Assert.Single(Bad(new string('[', 100_000))));
        Assert.Contains("at most 50 components", Assert.Single(Bad(Many(51))));
        Assert.Equal(50, Good(Many(50)).Manifest.Components.Count);
    }

    private static string Many(int count) =>
        $"{{\"services\":{{{string.Join(',', Enumerable.Range(0, count).Select(index => $"\"s{index}\":{{}}"))}}}}}";

    private static string Service(string fields) => $"{{\"services\":{{\"api\":{{{fields}}}}}}}";

    private static ReadManifest Good(string text) =>
        ManifestReader
            .Read(text)
            .Match(read => read, problems => throw new InvalidOperationException(string.Join("; ", problems)));

    private static IEnumerable<string> Bad(string text) =>
        ManifestReader
            .Read(text)
            .Match(_ => Seq<string>(), problems => problems.Map(problem => problem.ToString()).Strict());

    private static ComponentName Named(string name) =>
        ComponentName.Parse("test", name).Match(parsed => parsed, _ => throw new InvalidOperationException(name));
}
