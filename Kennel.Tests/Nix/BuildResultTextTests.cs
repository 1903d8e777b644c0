using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Tests.Nix;

public sealed class BuildResultTextTests
{
    private const string Manifest = """{"services":{"api":{}},"sites":{"docs":{}}}""";
    private const string Api = "/nix/store/gd39729max2mpzmr2jb4g4zikkx2i8y8-api-1";
    private const string Docs = "/nix/store/a8zbmwccf3d3i2nz7k302phjs33yvr9f-docs";

    [Fact]
    public void What_is_written_for_a_good_build_is_read_again()
    {
        var text = BuildResultText.Built(
            Manifest,
            Map((Named("api"), Stored(Api)), (Named("docs"), Stored(Docs))),
            Map((Named("api"), "bin/api"))
        );

        var built = Assert.IsType<BuildResult.Built>(BuildResultText.Read(text));

        Assert.Equal(["api", "docs"], built.Manifest.Components.Map(name => name.Value).AsEnumerable());
        Assert.Equal(Api, built.Outputs[Named("api")].Value);
        Assert.Equal("bin/api", built.Programs[Named("api")]);
    }

    [Fact]
    public void Every_cause_that_a_build_can_end_with_is_read_again()
    {
        var causes = Seq<Cause>(
            new Cause.CloneFailed("why"),
            new Cause.NoSuchCommit("abc"),
            new Cause.NoFlake(),
            new Cause.EvaluationFailed("error: \"quoted\"\nat flake.nix:1"),
            new Cause.ManifestInvalid(Seq1(new Problem("where", "\"given\"", "allowed"))),
            new Cause.ComponentsFailed(Seq(Named("api"), Named("docs"))),
            new Cause.NoBinary(Named("api"), "bin has a, b"),
            new Cause.TimedOut(60),
            new Cause.OutOfMemory(),
            new Cause.Killed("by hand"),
            new Cause.Refused("the disk", "full"),
            new Cause.Unreachable("the Nix daemon", "down")
        );

        Assert.All(
            causes,
            cause => Assert.Equal(new BuildResult.Failed(cause), BuildResultText.Read(BuildResultText.Failed(cause)))
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":2,"failed":{"code":"no-flake"}}""")]
    [InlineData("""{"version":1,"failed":{"code":"no-flake"},"built":{"manifest":"{}","outputs":{},"programs":{}}}""")]
    [InlineData("""{"version":1,"failed":{"code":"no-flake"},"surprise":1}""")]
    [InlineData("""{"version":1,"failed":{"code":"no-flake"},"failed":{"code":"no-flake"}}""")]
    [InlineData("""{"version":1,"failed":{"code":"superseded"}}""")]
    [InlineData("""{"version":1,"failed":{"code":"timed-out","limit_seconds":-1}}""")]
    [InlineData("""{"version":1,"built":{"manifest":"{","outputs":{},"programs":{}}}""")]
    [InlineData("""{"version":1,"built":{"manifest":{},"outputs":{},"programs":{}}}""")]
    public void What_is_no_result_fails_its_own_build(string text) => AssertInvalid(text);

    [Theory]
    [InlineData("/etc/shadow", "bin/api")]
    [InlineData("/nix/store/../../etc/passwd", "bin/api")]
    [InlineData("/nix/store/gd39729max2mpzmr2jb4g4zikkx2i8y8-api/bin", "bin/api")]
    [InlineData("/nix/store/gd39729max2mpzmr2jb4g4zikkx2i8y8-api\\n", "bin/api")]
    [InlineData(Api, "bin/../../../../bin/sh")]
    [InlineData(Api, "/bin/sh")]
    [InlineData(Api, "bin/")]
    [InlineData(Api, "bin/-c")]
    [InlineData(Api, "bin/.hidden")]
    [InlineData(Api, "bin/a b")]
    [InlineData(Api, "sbin/api")]
    public void A_path_outside_the_store_or_a_program_outside_bin_is_refused(string path, string program) =>
        AssertInvalid(Text($"\"api\":\"{path}\",\"docs\":\"{Docs}\"", $"\"api\":\"{program}\""));

    [Theory]
    [InlineData("", "")]
    [InlineData($"\"api\":\"{Api}\"", "\"api\":\"bin/api\"")]
    [InlineData($"\"api\":\"{Api}\",\"docs\":\"{Docs}\",\"more\":\"{Docs}\"", "\"api\":\"bin/api\"")]
    [InlineData($"\"api\":\"{Api}\",\"docs\":\"{Docs}\"", "")]
    [InlineData($"\"api\":\"{Api}\",\"docs\":\"{Docs}\"", "\"docs\":\"bin/docs\"")]
    [InlineData($"\"api\":\"{Api}\",\"api\":\"{Docs}\",\"docs\":\"{Docs}\"", "\"api\":\"bin/api\"")]
    public void The_components_must_be_just_those_of_the_manifest(string outputs, string programs) =>
        AssertInvalid(Text(outputs, programs));

    [Fact]
    public void Too_long_a_result_is_refused() =>
        AssertInvalid(
            $$$"""{"version":1,"failed":{"code":"clone-failed","detail":"{{{new string('x', 4 << 20)}}}"}}"""
        );

    [Fact]
    public void What_a_build_says_of_its_failure_is_cut_and_cleaned()
    {
        var escape = "\\u001b[31m" + new string('x', 10_000);

        var failed = Assert.IsType<BuildResult.Failed>(
            BuildResultText.Read($$$"""{"version":1,"failed":{"code":"clone-failed","detail":"{{{escape}}}"}}""")
        );

        var detail = Assert.IsType<Cause.CloneFailed>(failed.Cause).Detail;
        Assert.True(detail.Length < 5_000);
        Assert.DoesNotContain('\e', detail);
    }

    private static void AssertInvalid(string text) =>
        Assert.IsType<Cause.ResultInvalid>(Assert.IsType<BuildResult.Failed>(BuildResultText.Read(text)).Cause);

    private static string Text(string outputs, string programs)
    {
        var manifest = Manifest.Replace("\"", "\\\"", StringComparison.Ordinal);
        return $$$$"""
            {"version":1,"built":{"manifest":"{{{{manifest}}}}","outputs":{{{{{outputs}}}}},"programs":{{{{{programs}}}}}}}
            """;
    }

    private static ComponentName Named(string name) =>
        ComponentName.Parse("test", name).Match(parsed => parsed, _ => throw new InvalidOperationException(name));

    private static StorePath Stored(string path) =>
        StorePath.Parse("test", path).Match(parsed => parsed, _ => throw new InvalidOperationException(path));
}
