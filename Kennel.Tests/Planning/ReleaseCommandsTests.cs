using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.Tests.Views;

namespace Kennel.Tests.Planning;

public sealed class ReleaseCommandsTests
{
    private static readonly ReleaseStep Migrate = new("/nix/store/x/bin/migrate", Seq<string>(), None);
    private static readonly ReleaseStep Fill = new("/nix/store/x/bin/seed", Seq<string>(), None);

    private static readonly Specification.Service Service = new(
        Seq<UnitProperty>(),
        Seq<string>(),
        new Readiness.Tcp(),
        "hello-main-api"
    )
    {
        PreDeploy = Migrate,
        Seed = Fill,
    };

    [Fact]
    public void New_data_is_filled_after_preDeploy() => Assert.Equal(Seq(Migrate, Fill), Of(New()));

    [Fact]
    public void Data_that_has_served_is_not_filled() => Assert.Equal(Seq1(Migrate), Of(Scene.Live()));

    [Fact]
    public void Data_that_was_filled_for_a_release_that_proved_bad_is_not_filled_again()
    {
        var filled = Scene.Live().Deployments.Head().Releases.Head() with
        {
            Specification = Service,
            Step = new StepProgress.Done(Scene.Now),
        };
        var branch = New() with
        {
            Deployments = New().Deployments.Map(it => it with { Releases = Seq1(filled) }).Strict(),
        };

        Assert.Equal(Seq1(Migrate), Of(branch));
    }

    private static DesiredBranch New() =>
        Scene.Live() with
        {
            Deployments = Scene
                .Live()
                .Deployments.Map(it => it with { Serving = None, Target = None, Releases = Seq<Release>() })
                .Strict(),
        };

    private static Seq<ReleaseStep> Of(DesiredBranch branch) =>
        ReleaseCommands.Of(branch, branch.Deployments.Head(), Service);
}
