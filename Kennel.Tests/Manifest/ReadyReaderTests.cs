using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Tests.Manifest;

public sealed class ReadyReaderTests
{
    private static readonly ComponentName Api = ComponentName.Parse("", "api").Match(it => it, _ => null!);

    [Theory]
    [InlineData("\"notify\"")]
    [InlineData("""{"notify":true}""")]
    [InlineData("""{"notify":true,"tcp":false,"http":null}""")]
    public void A_service_may_tell_systemd_that_it_is_ready(string ready) =>
        Assert.Equal(new Readiness.Notify(), Read(ready));

    [Theory]
    [InlineData("""{"path":"/up","statuses":[204,401]}""")]
    [InlineData("""{"http":{"get":{"path":"/up"}},"statuses":[401,204]}""")]
    public void Statuses_are_accepted_in_the_place_of_200_to_299(string ready)
    {
        var http = Assert.IsType<Readiness.Http>(Read(ready));

        Assert.Equal([false, true, true, false], new[] { 200, 204, 401, 500 }.Select(http.Accepts));
    }

    [Theory]
    [InlineData("""{"path":"/up","periodSeconds":2,"deadlineSeconds":300,"stayUpSeconds":0}""")]
    [InlineData("""{"path":"/up","period_seconds":2,"deadline_seconds":300,"stay_up_seconds":0}""")]
    [InlineData("""{"tcp":true,"periodSeconds":2,"deadlineSeconds":300,"stayUpSeconds":0}""")]
    [InlineData("""{"notify":true,"periodSeconds":2,"deadlineSeconds":300,"stayUpSeconds":0}""")]
    public void What_a_trial_takes_is_said_with_any_kind_and_in_both_spellings(string ready) =>
        Assert.Equal(new TrialSeconds(2, 300, 0), Read(ready).Seconds);

    [Theory]
    [InlineData("{}", "ready")]
    [InlineData("""{"tcp":false}""", "ready")]
    [InlineData("""{"tcp":true,"notify":true}""", "ready")]
    [InlineData("""{"path":"/","http":{"get":{}}}""", "ready")]
    [InlineData("\"http\"", "ready")]
    [InlineData("""{"tcp":true,"statuses":[200]}""", "ready.statuses")]
    [InlineData("""{"path":"/","statuses":[]}""", "ready.statuses")]
    [InlineData("""{"path":"/","statuses":[99]}""", "ready.statuses[0]")]
    [InlineData("""{"path":"/","statuses":["200"]}""", "ready.statuses[0]")]
    [InlineData("""{"tcp":true,"periodSeconds":0}""", "ready.periodSeconds")]
    [InlineData("""{"tcp":true,"deadlineSeconds":3601}""", "ready.deadlineSeconds")]
    [InlineData("""{"tcp":true,"stayUpSeconds":-1}""", "ready.stayUpSeconds")]
    [InlineData("""{"tcp":true,"stayUpSeconds":1,"stay_up_seconds":1}""", "ready.stayUpSeconds")]
    public void What_is_wrong_is_named(string ready, string where) =>
        Manifest(ready)
            .Match(
                _ => Assert.Fail("accepted"),
                problems => Assert.Equal($"kennel.json: services.api.{where}", Assert.Single(problems).Where)
            );

    private static Readiness Read(string ready) =>
        Manifest(ready)
            .Match(
                read =>
                {
                    Assert.Empty(read.Warnings);
                    return read.Manifest.Services[Api].Ready;
                },
                problems => throw new InvalidOperationException(string.Join("; ", problems))
            );

    private static Validation<Problem, ReadManifest> Manifest(string ready) =>
        ManifestReader.Read($$"""{ "services": { "api": { "ready": {{ready}} } } }""");
}
