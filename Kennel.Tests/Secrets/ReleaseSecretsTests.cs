using Kennel.Core.Domain;
using Kennel.Core.Secrets;
using Kennel.Core.Units;
using Kennel.Core.Views;
using Kennel.Tests.Views;

namespace Kennel.Tests.Secrets;

public sealed class ReleaseSecretsTests
{
    private static readonly UnitName Unit = Parsed("kennel-hello-main-api-0123456789.service");
    private static readonly UnitName Step = Parsed("kennel-step-0123456789ab-1-2.service");

    private static SecretAddress A => SecretAddress.Usual(SecretScene.Plan.Owner, Specifications.Name("A"));

    [Fact]
    public void What_was_there_is_asked_for_in_its_version_and_what_was_not_is_not_asked_for() =>
        Assert.Equal(
            [
                "secretspec/hello/prod/A 3",
                "secretspec/hello/prod/B newest",
                "secretspec/hello/prod/G 1",
                "shared/e (field x y) 1",
            ],
            SecretScene.Everything.Questions.Pairs.Map(pair =>
                $"{pair.Key} {pair.Value.Match(it => $"{it}", () => "newest")}"
            )
        );

    [Fact]
    public void A_version_that_is_gone_is_told_with_what_to_do() =>
        Assert.Equal(
            [
                "version 3 of secretspec/hello/prod/A, which the release read, is not there any more; "
                    + "redeploy to read the newest",
            ],
            SecretScene
                .Everything.Resolve(
                    Map<SecretAddress, SecretAnswer>(
                        (A, new SecretAnswer.Absent()),
                        (new SecretAddress("shared/e", "x y"), SecretScene.Found("e", 1)),
                        (
                            SecretAddress.Usual(SecretScene.Plan.Owner, Specifications.Name("G")),
                            SecretScene.Found("", 1)
                        )
                    )
                )
                .Match(_ => [], faults => faults.Map(it => it.Describe()).AsEnumerable())
        );

    [Fact]
    public void The_text_tells_names_and_versions_and_no_value()
    {
        var plan = Specifications.Planned(Specifications.File("""{ "prod": { "A": {} } }"""));
        var secrets = ReleaseSecrets.Of(plan, Map((A, SecretScene.Found("canary", 3))));

        Assert.Equal(
            """{"project":"hello","profile":"prod","secrets":[{"name":"A","path":"secretspec/hello/prod/A","field":"value","required":true}],"pins":[{"path":"secretspec/hello/prod/A","field":"value","version":3}]}""",
            ReleaseSecretsText.Write(secrets)
        );
        Assert.DoesNotContain("canary", $"{secrets}", StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_another_text() =>
        Assert.NotEqual(
            ReleaseSecretsText.Write(SecretScene.Everything),
            ReleaseSecretsText.Write(
                SecretScene.Everything with
                {
                    Pins = SecretScene.Everything.Pins.SetItem(A, new SecretPin.Version(4)),
                }
            )
        );

    [Fact]
    public void A_unit_is_given_the_path_of_a_file_and_nothing_of_what_is_in_it()
    {
        var properties = SecretProperties.Of(Unit, Unit, SecretScene.Everything);

        Assert.Equal(
            new UnitValue.Files(Seq1(new OptionalFile($"/run/kennel-secrets/{Unit}/environment", MayBeMissing: false))),
            Assert.Single(properties, it => it.Name == "EnvironmentFiles").Value
        );
        Assert.Equal(
            new UnitValue.Pairs(Seq1(new TextPair("B", $"/run/kennel-secrets/{Unit}/B.file"))),
            Assert.Single(properties, it => it.Name == "LoadCredential").Value
        );
        Assert.Equal(
            new UnitValue.Texts(Seq1($"B=/run/credentials/{Unit}/B")),
            Assert.Single(properties, it => it.Name == "Environment").Value
        );
    }

    [Fact]
    public void A_step_is_given_the_files_of_its_generation()
    {
        var properties = SecretProperties.Of(Step, Unit, SecretScene.Everything);

        Assert.Equal(
            new UnitValue.Texts(Seq1($"B=/run/credentials/{Step}/B")),
            Assert.Single(properties, it => it.Name == "Environment").Value
        );
        Assert.Contains(properties, it => $"{it.Value}".Contains($"/run/kennel-secrets/{Unit}/environment"));
    }

    [Fact]
    public void A_unit_without_secrets_is_given_no_file() => Assert.Empty(SecretProperties.Of(Unit, Unit, None));

    [Fact]
    public void People_are_shown_names_places_and_presence()
    {
        var view = Shown(SecretScene.Everything);

        Assert.Equal(
            [
                "A version 3 required variable secretspec/hello/prod/A",
                "B present optional file secretspec/hello/prod/B",
                "C default optional variable secretspec/hello/prod/C",
                "D made required variable made of A, C",
                "E version 1 optional variable shared/e (field x y)",
                "F absent optional variable secretspec/hello/prod/F",
                "G version 1 optional variable secretspec/hello/prod/G",
            ],
            view.Secrets.Map(it =>
                    $"{it.Name} {it.Presence} {(it.IsRequired ? "required" : "optional")} {(it.IsFile ? "file" : "variable")} {it.Source}"
                )
                .AsEnumerable()
        );
        Assert.Equal(Some("prod"), view.Profile);
    }

    private static SecretsView Shown(ReleaseSecrets secrets)
    {
        var branch = Scene.Branch(Scene.Deployment(Scene.Api, 1, Scene.Release(Scene.Api, 1, Scene.Accepted)));
        return SecretsView.Of(
            branch with
            {
                Deployments = branch
                    .Deployments.Map(deployment =>
                        deployment with
                        {
                            Releases = deployment
                                .Releases.Map(release =>
                                    release with
                                    {
                                        Specification = (Specification.Service)release.Specification with
                                        {
                                            Secrets = secrets,
                                        },
                                    }
                                )
                                .Strict(),
                        }
                    )
                    .Strict(),
            }
        );
    }

    private static UnitName Parsed(string text) =>
        UnitName.Parse("", text).Match(it => it, _ => throw new InvalidOperationException(text));
}
