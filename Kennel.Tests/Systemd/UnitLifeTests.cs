using System.Globalization;
using Kennel.Core.Manifest;
using Kennel.Core.Units;
using Kennel.Shell.Systemd;
using Xunit.Abstractions;
using static Kennel.Tests.Systemd.RealBus;

namespace Kennel.Tests.Systemd;

/// <summary>What really becomes of units: started, refused, failed, stopped, killed, sandboxed.</summary>
[Collection("systemd")]
public sealed class UnitLifeTests(ITestOutputHelper output)
{
    [BusFact]
    public async Task A_unit_starts_once_and_can_be_looked_at_and_stopped()
    {
        await using var real = new RealBus();
        var name = real.Name("once");
        var properties = Applet("sleep", "1000").Add(new("Description", new UnitValue.Text("ein Prüfling")));
        Assert.Equal(Finished(JobResult.Done, "done"), Right(await real.Start(name, properties)));
        Assert.Equal(BusError.UnitExists, Refusal(await real.Start(name, properties)));

        var facts = await real.Facts(name);
        Assert.Equal(facts.Life, await real.Life(name));
        Assert.Equal(("active", "running", 0u), (facts.Life.ActiveState, facts.Life.SubState, facts.Life.Restarts));
        Assert.Equal("ein Prüfling", facts.Description);
        Assert.Equal(32, facts.Life.InvocationId.IfNone("").Length);
        Assert.True(facts.Life.ActiveSince.IsSome && facts.ActiveSinceMonotonic.IsSome && facts.MainProcessId.IsSome);
        Assert.True(facts.InactiveSince.IsNone);
        Assert.EndsWith($"/{name}", facts.ControlGroup.IfNone(""));

        var rows = Right(await real.Units.List(Seq<string>(), Seq1("kennel-test-once-*"), default));
        Assert.Equal(Seq1(new UnitRow(name, "ein Prüfling", "loaded", "active", "running", 0)), rows);

        Assert.Equal(Finished(JobResult.Done, "done"), Right(await real.Units.Stop(name, Deadline, default)));
        await Until(async () => Right(await real.Units.Life(name, default)).IsNone ? Some(unit) : None);
        Assert.Equal(BusError.NoSuchUnit, Refusal(await real.Units.QueueStop(name, default)));
    }

    [BusFact]
    public async Task A_missing_program_is_a_failed_job_and_the_evidence_stays_until_it_is_reset()
    {
        await using var real = new RealBus();
        var name = real.Name("missing");
        Assert.Equal(Finished(JobResult.Failed, "failed"), Right(await real.Start(name, Exec("/no/such/program"))));
        var life = await real.Life(name);
        Assert.Equal(("failed", "exit-code", 203), (life.ActiveState, life.Result, life.MainExitStatus));
        Assert.Equal(BusError.UnitExists, Refusal(await real.Start(name, Applet("true"))));
        Right(await real.Units.ResetFailed(name, default));
        await Until(async () => Right(await real.Units.Life(name, default)).IsNone ? Some(unit) : None);
    }

    [BusFact]
    public async Task A_killed_unit_tells_the_signal()
    {
        await using var real = new RealBus();
        var name = real.Name("killed");
        Right(await real.Start(name, Applet("sleep", "1000")));
        Right(await real.Units.Kill(name, default));
        var life = await Until(async () =>
        {
            var seen = await real.Life(name);
            return seen.ActiveState == "failed" ? Some(seen) : None;
        });
        Assert.Equal(("signal", 9), (life.Result, life.MainExitStatus));
    }

    [BusFact]
    public async Task A_job_that_outlasts_its_deadline_goes_on()
    {
        await using var real = new RealBus();
        var name = real.Name("slow");
        var slow = Applet("sleep", "3")
            .Map(property =>
                property.Name == "Type" ? property with { Value = new UnitValue.Text("oneshot") } : property
            );
        var end = await real.Units.Start(name, slow, TimeSpan.FromMilliseconds(200), default);
        Assert.Equal(new JobEnd.StillRunning(), Right(end));
        Assert.Equal("activating", (await real.Life(name)).ActiveState);
        Assert.Equal(0, real.Bus.Jobs.Count);
    }

    [BusFact]
    public async Task An_unknown_property_is_refused_and_leaves_nothing()
    {
        await using var real = new RealBus();
        var name = real.Name("unknown");
        var properties = Applet("true").Add(new("NoSuchThing", new UnitValue.Flag(true)));
        Assert.Equal(BusError.InvalidProperty, Refusal(await real.Start(name, properties)));
        Assert.Equal(None, Right(await real.Units.Life(name, default)));
    }

    [BusFact]
    public async Task A_service_serves_in_the_strict_sandbox()
    {
        const int port = 18080;
        await using var real = new RealBus();
        var name = real.Name("strict");
        var script = $"echo seen by $(/usr/bin/id -un) > index.html; exec busybox httpd -f -p 127.0.0.1:{port} -h .";
        var properties = Sandboxed(Applet("sh", "-c", script));
        Assert.Equal(Finished(JobResult.Done, "done"), Right(await real.Start(name, properties)));

        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var page = await Until(async () =>
        {
            try
            {
                return Some(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/index.html")));
            }
            catch (HttpRequestException)
            {
                return None;
            }
        });
        Assert.Equal("seen by knl-0123456789ab\n", page);
        Assert.NotEqual(Some(0u), (await real.Life(name)).UserId);

        var report = await Run("systemd-analyze", "security", "--no-pager", name);
        var line = report.Split('\n').First(it => it.Contains("Overall exposure level", StringComparison.Ordinal));
        output.WriteLine(line);
        output.WriteLine(string.Join('\n', report.Split('\n').Where(it => it.StartsWith('✗'))));
        var score = line.Split(':')[1].Trim().Split(' ')[0];
        Assert.InRange(double.Parse(score, CultureInfo.InvariantCulture), 0.5, 1.6);
    }

    [BusFact]
    public async Task A_dotnet_program_runs_in_the_strict_sandbox()
    {
        await using var real = new RealBus();
        var name = real.Name("dotnet");
        var program = Path.Combine(AppContext.BaseDirectory, "kennel.dll");
        var properties = Sandboxed(Exec("/usr/local/bin/dotnet", "exec", program, "--version"))
            .Map(property =>
                property.Name == "Type" ? property with { Value = new UnitValue.Text("oneshot") } : property
            );
        Assert.Equal(Finished(JobResult.Done, "done"), Right(await real.Start(name, properties)));
    }

    [BusFact]
    public async Task Every_relaxation_is_accepted_by_systemd()
    {
        await using var real = new RealBus();
        var name = real.Name("relaxed");
        var relaxations = Relaxations.Default with
        {
            WritableMemoryExecutable = false,
            Namespaces = true,
            Netlink = true,
        };
        var properties = Joined(Applet("sleep", "1000"), Sandbox.Properties(relaxations));
        Assert.Equal(Finished(JobResult.Done, "done"), Right(await real.Start(name, properties)));
        var shown = await Run("systemctl", "show", name, "-p", "RestrictAddressFamilies,RestrictNamespaces,MemoryMax");
        Assert.Contains("AF_NETLINK", shown);
        Assert.Contains("MemoryMax=1073741824", shown);
    }

    private static Seq<UnitProperty> Sandboxed(Seq<UnitProperty> service) =>
        Joined(
            service,
            Sandbox.Properties(Relaxations.Default),
            Seq(
                new UnitProperty("User", new UnitValue.Text("knl-0123456789ab")),
                new UnitProperty("StateDirectory", new UnitValue.Texts(Seq1("knl/systemd-test"))),
                new UnitProperty("WorkingDirectory", new UnitValue.Text("/var/lib/knl/systemd-test")),
                new UnitProperty("Environment", new UnitValue.Texts(Seq1("DOTNET_gcServer=0")))
            )
        );

    private static JobEnd Finished(JobResult result, string word) => new JobEnd.Finished(result, word);
}
