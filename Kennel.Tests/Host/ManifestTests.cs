using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class ManifestTests
{
    [HostFact]
    public Task Malformed_projects_fail_with_a_cause_that_names_what_is_wrong() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            (string Edit, string Code, string Named)[] cases =
            [
                ("rm flake.nix", "no-flake", "flake.nix"),
                ("echo '{ not nix' >flake.nix", "evaluation-failed", ""),
                (Edit.Manifest("throw \"no manifest today\""), "evaluation-failed", "no manifest today"),
                (Edit.Manifest("{ version = 7; services.hello = { }; }"), "manifest-invalid", "version"),
                (Edit.Manifest("{ version = 1; services = [ ]; }"), "manifest-invalid", "services"),
                (Edit.Manifest("{ version = 1; services.\"..\" = { }; }"), "manifest-invalid", "services"),
                (
                    Edit.Manifest("{ version = 1; services.hello.ready.path = \"health\"; }"),
                    "manifest-invalid",
                    "ready"
                ),
                (
                    Edit.Manifest("{ version = 1; services.hello = { }; static_sites.hello = { }; }"),
                    "manifest-invalid",
                    "hello"
                ),
                (Edit.Manifest("{ version = 1; resources = [ \"mysql\" ]; }"), "manifest-invalid", "resources"),
                (
                    Edit.Manifest("{ version = 1; services.hello.custom_domain = \"not a host\"; }"),
                    "manifest-invalid",
                    "custom_domain"
                ),
                (Edit.Manifest("{ version = 1; services.absent = { }; }"), "evaluation-failed", "absent"),
                ("sed -i 's|mkdir -p $out/bin|exit 1|' flake.nix", "component-failed", "hello"),
            ];

            foreach (var (edit, code, named) in cases)
            {
                await hello.Push("main", edit);
                ExpectCause(await hello.DeployBad("main"), code, named);
            }

            Assert.Equal("hello, version 1\n", (await host.Get($"hello-main.{TestHost.Domain}")).Body);
            await hello.Release("main", Edit.Version("2"));
            Assert.Equal("hello, version 2\n", (await host.Get($"hello-main.{TestHost.Domain}")).Body);
        });

    [HostFact]
    public Task A_branch_or_a_commit_that_is_not_there_fails_with_a_cause() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            var commit = await hello.Release("main", Edit.Version("1"));

            ExpectCause(await hello.DeployBad("absent"), "no-such-branch", "absent");
            (await host.TryKennel("deploy", "hello", "main", new string('1', 40), "--wait")).Expect(1);
            ExpectCause(await hello.LastBuild(), "no-such-commit", "1111");
            await host.Run("mv /srv/hello.git /srv/away.git");
            ExpectCause(await hello.DeployBad("main"), "clone-failed", "hello.git");
            await host.Run("mv /srv/away.git /srv/hello.git");
            await host.Kennel("deploy", "hello", "main", commit, "--wait");
        });

    [HostFact]
    public Task A_key_that_Kennel_does_not_know_is_warned_about_in_the_log() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release(
                "main",
                Edit.Manifest("{ version = 1; services.hello = { ready.path = \"/health\"; reddy = 1; }; }")
            );

            Assert.Contains("reddy", await hello.Log(await hello.LastBuild()), StringComparison.Ordinal);
        });

    private static void ExpectCause(BuildView build, string code, string named)
    {
        var cause = build.Cause.Map(it => $"{it.Code}: {it.Sentence}").IfNone($"no cause; {build.State}");
        Assert.StartsWith($"{code}: ", cause, StringComparison.Ordinal);
        Assert.Contains(named, cause, StringComparison.Ordinal);
    }
}
