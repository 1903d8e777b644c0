using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Tests.Manifest;

public sealed class StepReaderTests
{
    private static readonly ComponentName Api = ComponentName.Parse("", "api").Match(it => it, _ => null!);

    [Fact]
    public void A_step_is_a_program() =>
        Assert.Equal(new StepManifest("bin/migrate", Seq<string>(), None), Step("\"preDeploy\":\"bin/migrate\""));

    [Fact]
    public void A_step_is_a_program_with_arguments_in_either_spelling_of_its_key() =>
        Assert.All(
            new[]
            {
                """ "preDeploy":["bin/migrate","--to","$LATEST"],"preDeployTimeoutSeconds":30 """,
                """ "pre_deploy":["bin/migrate","--to","$LATEST"],"pre_deploy_timeout_seconds":30 """,
            },
            fields => Assert.Equal(new StepManifest("bin/migrate", Seq("--to", "$LATEST"), 30), Step(fields))
        );

    [Fact]
    public void A_service_without_one_has_none() => Assert.Equal(None, Service("").PreDeploy);

    [Theory]
    [InlineData("\"/bin/sh\"", "")]
    [InlineData("\"../bin/sh\"", "")]
    [InlineData("\"bin/../../x\"", "")]
    [InlineData("\"bin/./x\"", "")]
    [InlineData("\"bin//x\"", "")]
    [InlineData("\"bin/\"", "")]
    [InlineData("\"bin/migrate --all\"", "")]
    [InlineData("\"\"", "")]
    [InlineData("[]", "")]
    [InlineData("{}", "")]
    [InlineData("[\"/bin/sh\"]", "[0]")]
    [InlineData("[\"bin/x\",1]", "[1]")]
    [InlineData("[\"bin/x\",\"a\\u0000b\"]", "[1]")]
    public void What_is_wrong_is_named(string step, string where)
    {
        foreach (var key in new[] { "preDeploy", "seed" })
            Read($"\"{key}\":{step}")
                .Match(
                    _ => Assert.Fail("accepted"),
                    problems => Assert.Equal($"kennel.json: services.api.{key}{where}", Assert.Single(problems).Where)
                );
    }

    [Fact]
    public void A_seed_is_a_command_of_its_own()
    {
        Assert.Equal(
            Some(new StepManifest("bin/seed", Seq1("-v"), None)),
            Service("\"seed\":[\"bin/seed\",\"-v\"]").Seed
        );
        Assert.Equal([], Read("\"seed\":[\"bin/seed\"]").Match(it => it.Warnings.AsEnumerable(), _ => ["refused"]));
    }

    private static StepManifest Step(string fields) =>
        Service(fields).PreDeploy.IfNone(() => throw new InvalidOperationException("no step"));

    private static ServiceManifest Service(string fields) =>
        Read(fields)
            .Match(
                read => read.Manifest.Services[Api],
                problems => throw new InvalidOperationException(string.Join("; ", problems))
            );

    private static Validation<Problem, ReadManifest> Read(string fields) =>
        ManifestReader.Read($$"""{ "services": { "api": { {{fields}} } } }""");
}
