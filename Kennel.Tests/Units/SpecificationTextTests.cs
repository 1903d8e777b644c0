using Kennel.Core.Domain;
using Kennel.Core.Units;

namespace Kennel.Tests.Units;

public sealed class SpecificationTextTests
{
    private static readonly StorePath Root = StorePath
        .Parse("", $"/nix/store/{new string('a', 32)}-site")
        .Match(Succ: path => path, Fail: _ => throw new InvalidOperationException());

    [Fact]
    public void Data_services_and_what_fills_them_are_kept()
    {
        var specification = new Specification.Service(Seq<UnitProperty>(), Seq<string>(), new Readiness.Tcp(), "")
        {
            Seed = new ReleaseStep("/x", Seq<string>(), None),
            Resources = Set(ResourceKind.Garage, ResourceKind.Postgres),
        };
        var text = SpecificationText.Write(specification);

        Assert.EndsWith(
            """ "seed":{"program":"/x","arguments":[]},"resources":["postgres","garage"]}} """.Trim(),
            text,
            StringComparison.Ordinal
        );
        Assert.Equal(text, SpecificationText.Write(Read(text)));
    }

    private static readonly Specification Everything = new Specification.Service(
        Seq(
            new UnitProperty("Description", new UnitValue.Text("a \"quoted\" \\ text,\nü 🐕 \u2028 \u0001")),
            new UnitProperty("DynamicUser", new UnitValue.Flag(true)),
            new UnitProperty("Nice", new UnitValue.Signed(-5)),
            new UnitProperty("UMask", new UnitValue.Count(uint.MaxValue)),
            new UnitProperty("MemoryMax", new UnitValue.Large(ulong.MaxValue)),
            new UnitProperty("SystemCallFilter", new UnitValue.Texts(Seq("a", ""))),
            new UnitProperty("LogExtraFields", new UnitValue.ByteTexts(Seq1("A=b"))),
            new UnitProperty(
                "ExecStart",
                new UnitValue.Commands(Seq1(new CommandLine("/bin/x", Seq("x", "-a b"), true)))
            ),
            new UnitProperty("EnvironmentFiles", new UnitValue.Files(Seq1(new OptionalFile("/run/x", false)))),
            new UnitProperty("RestrictAddressFamilies", new UnitValue.Filter(false, Seq1("AF_INET"))),
            new UnitProperty("BindReadOnlyPaths", new UnitValue.Binds(Seq1(new BindMount("/a", "/b", true)))),
            new UnitProperty("TemporaryFileSystem", new UnitValue.Pairs(Seq1(new TextPair("/tmp", "mode=0700")))),
            new UnitProperty("Empty", new UnitValue.Texts(Seq<string>()))
        ),
        Seq("A=1", "B="),
        new Readiness.Http("/health?x=\"1\""),
        "hello-main-api"
    );

    public static TheoryData<Specification> Specifications =>
        new(
            Everything,
            Ready(new Readiness.Tcp()),
            Ready(new Readiness.Notify()),
            new Specification.Service(Seq<UnitProperty>(), Seq<string>(), new Readiness.Tcp(), "")
            {
                IsStateful = true,
            },
            WithStep(new ReleaseStep("/nix/store/x/bin/migrate", Seq("--all", "$HOME \"x\""), None)),
            WithStep(new ReleaseStep("/nix/store/x/bin/migrate", Seq<string>(), 30)),
            Ready(new Readiness.Notify { Seconds = new TrialSeconds(None, 300, None) }),
            Ready(new Readiness.Tcp { Seconds = new TrialSeconds(1, None, 0) }),
            Ready(new Readiness.Http("/") { Statuses = Set(401, 204), Seconds = new TrialSeconds(1, 2, 3) }),
            WithSecrets(Secrets.SecretScene.Everything),
            new Specification.Site(Root, SinglePage: true),
            new Specification.Site(Root, SinglePage: false)
        );

    [Theory]
    [MemberData(nameof(Specifications))]
    public void What_was_written_is_read_back_exactly(Specification specification)
    {
        var text = SpecificationText.Write(specification);
        Assert.Equal(specification, Read(text));
        Assert.Equal(text, SpecificationText.Write(Read(text)));
    }

    [Fact]
    public void The_text_never_changes_for_digests_are_made_from_it() =>
        Assert.Equal(
            """{"service":{"properties":[["ExecStart",{"a(sasb)":[["/bin/x",["x","-a b"],true]]}],["Nice",{"i":-5}]],"environ"""
                + """ment":["A=ü\u000a"],"ready":{"tcp":true},"stateDirectory":"d"}}""",
            SpecificationText.Write(
                new Specification.Service(
                    Seq(
                        new UnitProperty(
                            "ExecStart",
                            new UnitValue.Commands(Seq1(new CommandLine("/bin/x", Seq("x", "-a b"), true)))
                        ),
                        new UnitProperty("Nice", new UnitValue.Signed(-5))
                    ),
                    Seq1("A=ü\n"),
                    new Readiness.Tcp(),
                    "d"
                )
            )
        );

    [Fact]
    public void What_a_trial_takes_is_written_only_where_it_is_given() =>
        Assert.Equal(
            """{"service":{"properties":[],"environment":[],"ready":{"http":"/","statuses":[204,401],"deadlineSeconds":9},"stateDirectory":""}}""",
            SpecificationText.Write(
                Ready(new Readiness.Http("/") { Statuses = Set(401, 204), Seconds = new TrialSeconds(None, 9, None) })
            )
        );

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"container":{}}""")]
    [InlineData("""{"site":{"root":"/etc","singlePage":true}}""")]
    [InlineData("""{"site":{"root":"\ud800","singlePage":true}}""")]
    [InlineData(
        """{"service":{"properties":[["A",{"x":1}]],"environment":[],"ready":{"tcp":true},"stateDirectory":""}}"""
    )]
    [InlineData(
        """{"service":{"properties":[["A",{"u":-1}]],"environment":[],"ready":{"tcp":true},"stateDirectory":""}}"""
    )]
    [InlineData("""{"service":{"properties":[],"environment":[],"ready":{"tcp":true},"stateDirectory":"","more":1}}""")]
    [InlineData("""{ "service":{"properties":[],"environment":[],"ready":{"tcp":true},"stateDirectory":""}}""")]
    public void Anything_else_is_refused_with_the_place(string text) =>
        SpecificationText
            .Read("release 7", text)
            .Match(
                Succ: _ => Assert.Fail("accepted"),
                Fail: problems => Assert.Equal("release 7", Assert.Single(problems).Where)
            );

    [Fact]
    public void A_text_that_is_cut_anywhere_is_refused()
    {
        var text = SpecificationText.Write(Everything);
        for (var length = 0; length < text.Length; length++)
            Assert.True(SpecificationText.Read("", text[..length]).IsFail);
    }

    [Fact]
    public void A_step_is_written_only_where_there_is_one() =>
        Assert.Equal(
            """{"service":{"properties":[],"environment":[],"ready":{"tcp":true},"stateDirectory":"","preDeploy":{"program":"/x","arguments":["-a"],"timeoutSeconds":30}}}""",
            SpecificationText.Write(WithStep(new ReleaseStep("/x", Seq1("-a"), 30)))
        );

    private static Specification WithSecrets(Kennel.Core.Secrets.ReleaseSecrets secrets) =>
        new Specification.Service(Seq<UnitProperty>(), Seq<string>(), new Readiness.Tcp(), "") { Secrets = secrets };

    private static Specification WithStep(ReleaseStep step) =>
        new Specification.Service(Seq<UnitProperty>(), Seq<string>(), new Readiness.Tcp(), "") { PreDeploy = step };

    private static Specification Ready(Readiness ready) =>
        new Specification.Service(Seq<UnitProperty>(), Seq<string>(), ready, "");

    private static Specification Read(string text) =>
        SpecificationText
            .Read("", text)
            .Match(
                Succ: specification => specification,
                Fail: problems => throw new InvalidOperationException(string.Join("; ", problems))
            );
}
