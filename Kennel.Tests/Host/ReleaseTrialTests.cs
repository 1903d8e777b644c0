using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class ReleaseTrialTests
{
    private const string Page = "hello-main." + TestHost.Domain;
    private const string Data = "/var/lib/private/knl/hello-main-hello";

    private const string Notify =
        "use Socket; sub notify { socket(my $to, PF_UNIX, SOCK_DGRAM, 0); send($to, \"READY=1\", 0, pack_sockaddr_un($ENV{NOTIFY_SOCKET})) }";

    private const string Alone =
        "my $lock = \"$ENV{STATE_DIRECTORY}/lock\"; die \"two at once\" if -e $lock; open(my $file, \">\", $lock); "
        + "$SIG{TERM} = sub { unlink $lock; exit 0 };";

    [HostFact]
    public Task A_step_runs_once_for_each_release_before_it_with_its_data_and_arguments() =>
        TestHost.With(async host =>
        {
            const string Script = "echo \"$1 $2 port=$PORT\" >>\"$STATE_DIRECTORY/steps\"";
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Step("1", Script));
            Assert.Equal("--all $HOME port=\n", await host.Run($"cat {Data}/steps"));

            await hello.Deploy("main");
            Assert.Equal("1\n", await host.Run($"wc -l <{Data}/steps"));
            await hello.Release("main", Edit.Step("2", Script));
            Assert.Equal("2\n", await host.Run($"wc -l <{Data}/steps"));
            await host.UntilSettled();
            Assert.DoesNotContain(await host.Units(), unit => unit.Contains("kennel-step-", StringComparison.Ordinal));
        });

    [HostFact]
    public Task A_step_that_fails_rejects_the_release_with_its_last_words() =>
        RejectedBesideAGoodOne(
            Edit.Step("2", "echo these are my last words\nexit 7"),
            "step-failed",
            "these are my last words",
            "status 7"
        );

    [HostFact]
    public Task A_step_that_takes_too_long_is_ended() =>
        RejectedBesideAGoodOne(
            Edit.Step("2", "echo waiting for ever\nsleep 600", "preDeployTimeoutSeconds = 15;"),
            "step-timed-out",
            "waiting for ever"
        );

    [HostFact]
    public Task A_step_that_the_package_does_not_have_is_not_built() =>
        RejectedBesideAGoodOne(
            $"{Edit.Version("2")}\n{Edit.Service("preDeploy = \"bin/absent\";")}",
            "manifest-invalid",
            "bin/absent"
        );

    [HostFact]
    public Task A_step_during_which_the_machine_restarts_is_not_repeated() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Step("1", "true"));
            await hello.Push("main", Edit.Step("2", "echo began >>\"$STATE_DIRECTORY/steps\"\nsleep 600"));
            await host.Kennel("deploy", "hello", "main");
            await TestHost.Until(
                "the step runs",
                async () => (await host.Try($"test -s {Data}/steps")).ExitStatus == 0
            );

            await host.Reboot();
            await host.UntilServed(Page, "hello, version 1");
            await host.UntilSettled();

            Assert.Equal("step-interrupted", Code(await hello.LastBuild()));
            Assert.Equal("began\n", await host.Run($"cat {Data}/steps"));
        });

    [HostFact]
    public Task A_unit_that_notifies_is_live_once_it_has_told_so() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release(
                "main",
                $"{Edit.Version("1")}\n{Edit.Service("ready = \"notify\";")}\n{Edit.Line(Notify)}\nsed -i '/^print \"version/i notify();' hello"
            );

            Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
        });

    [HostFact]
    public Task A_unit_that_never_notifies_is_rejected_and_holds_up_nothing() =>
        RejectedBesideAGoodOne(
            $"{Edit.Version("2")}\n{Edit.Service("ready = { notify = true; deadlineSeconds = 3; };")}",
            "never-ready",
            "READY=1"
        );

    [HostFact]
    public Task A_status_that_the_manifest_accepts_is_ready() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release(
                "main",
                $"{Edit.Version("1")}\n{Edit.Service("ready = { path = \"/absent\"; statuses = [ 404 ]; };")}"
            );

            Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
        });

    [HostFact]
    public Task A_release_that_never_gets_ready_is_rejected() =>
        RejectedBesideAGoodOne(Edit.Unhealthy("2"), "never-ready", "HTTP status 404");

    [HostFact]
    public Task A_release_that_passes_and_then_crashes_is_started_again_and_its_last_words_are_shown() =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release(
                "main",
                $"{Edit.Version("1")}\n{Edit.Line("$SIG{ALRM} = sub { die \"these are my last words\" }; alarm 3;")}"
            );

            await host.UntilState("main", "hello", "down");
            await TestHost.Until(
                "the last words are shown",
                async () =>
                    (await host.Kennel("why", "hello/main")).Contains(
                        "these are my last words",
                        StringComparison.Ordinal
                    )
            );
            Assert.Equal("done", (await hello.LastBuild()).State);
            await host.UntilServed(Page, "hello, version 1");
        });

    [HostFact]
    public Task A_stateful_service_never_runs_twice_at_once_and_comes_back_after_a_bad_release() =>
        TestHost.With(async host =>
        {
            var service = Edit.Service("ready.path = \"/health\"; stateful = true;");
            var hello = await TestRepository.Create(host);
            await hello.Release("main", $"{Edit.Version("1")}\n{service}\n{Edit.Line(Alone)}");
            await hello.Release("main", $"{Edit.Version("2")}\n{service}\n{Edit.Line(Alone)}");
            Assert.Equal("hello, version 2\n", (await host.Get(Page)).Body);

            await hello.Push("main", $"{Edit.Unhealthy("3")}\n{service}\n{Edit.Line(Alone)}");
            Assert.Equal("never-ready", Code(await hello.DeployBad("main")));
            await host.UntilServed(Page, "hello, version 2");
        });

    private static Task RejectedBesideAGoodOne(string edit, string code, params string[] told) =>
        TestHost.With(async host =>
        {
            var hello = await TestRepository.Create(host);
            await hello.Release("main", Edit.Version("1"));
            var before = await host.Invocations();

            await hello.Push("main", edit);
            var build = await hello.DeployBad("main");
            await host.UntilSettled();

            Assert.Equal(code, Code(build));
            var why = await host.Kennel("why", "hello/main");
            Assert.All(told, text => Assert.Contains(text, why, StringComparison.Ordinal));
            Assert.Equal("hello, version 1\n", (await host.Get(Page)).Body);
            Assert.Equal(before, await host.Invocations());
        });

    private static string Code(BuildView build) => build.Cause.Map(cause => cause.Code).IfNone("");
}
