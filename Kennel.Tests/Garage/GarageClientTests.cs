using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.PropertyTests.Conformance;
using Kennel.Shell.Garage;
using Kennel.Tests.Views;
using Microsoft.AspNetCore.Http;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Garage;

/// <summary>What Kennel asks of Garage, and what becomes of it when Garage fails.</summary>
public sealed class GarageClientTests : IAsyncLifetime
{
    private static readonly BucketName Name = Scene.Sure(BucketName.Parse("test", "kennel-hello-main"));
    private static readonly BucketKeyMark Mark = new(Name, Scene.Instance);

    private readonly string tokenFile = Path.GetTempFileName();
    private GarageStandIn garage = null!;
    private GarageClient client = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(tokenFile, GarageStandIn.Token + "\n");
        garage = await GarageStandIn.Start();
        client = Connect(TimeSpan.FromSeconds(10));
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await garage.DisposeAsync();
        File.Delete(tokenFile);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Garage_does_what_the_simulated_object_store_does_in_either_version(bool isFirstVersion)
    {
        garage.IsFirstVersion = isFirstVersion;

        await new GarageConformance(
            client,
            name => Task.FromResult(garage.State.Add(name.Value)),
            name =>
            {
                garage.State.Named(name.Value).Fill("a", "b");
                return Task.CompletedTask;
            }
        ).Holds();

        Assert.Empty(garage.Violations);
    }

    [Fact]
    public async Task Everything_in_a_bucket_goes_unfinished_uploads_too()
    {
        var bucket = await Made();
        bucket.Fill([.. Enumerable.Range(0, 20).Select(number => $"folder/{number} ü&<")]);
        bucket.Uploads.AddRange(Enumerable.Range(0, 7).Select(number => ("big", $"upload-{number}")));

        Assert.IsType<Effect.Done>(await Clear(bucket.Id));

        Assert.Empty(bucket.Objects);
        Assert.Empty(bucket.Uploads);
        Assert.Contains(garage.Requests, request => request.Contains("versions", StringComparison.Ordinal));
        Assert.Empty(garage.Violations);
    }

    [Fact]
    public async Task A_bucket_whose_first_key_may_not_use_it_is_emptied_all_the_same()
    {
        var bucket = await Made();
        bucket.Fill("a");
        garage.State.Keys.Insert(0, new StandInKey("GK0", Mark.ToString(), "made late"));

        Assert.IsType<Effect.Done>(await Clear(bucket.Id));

        Assert.Empty(bucket.Objects);
    }

    [Fact]
    public async Task The_secret_part_of_a_key_is_fetched_and_never_shown()
    {
        await Made();
        var key = garage.State.Keys.Single();

        var credentials = await client.Credentials(Mark, CancellationToken.None);

        Assert.Equal(
            Some((key.Id, key.Secret)),
            credentials.ToOption().Map(it => (it.Id.RevealText().IfNone(""), it.Secret.RevealText().IfNone("")))
        );
        Assert.DoesNotContain(key.Secret, credentials.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            key.Secret,
            (await client.Buckets(Set(Name), CancellationToken.None)).ToString()!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_application_that_takes_the_name_from_its_bucket_does_not_hide_it()
    {
        var bucket = await Made();

        bucket.LocalAliases.Clear();

        Assert.Equal(Some(Scene.Instance), (await Look()).Buckets[Name].Maker);
    }

    [Fact]
    public async Task A_wrong_token_is_told()
    {
        await File.WriteAllTextAsync(tokenFile, "wrong");

        Assert.Contains("Invalid bearer token", await Unknown(client), StringComparison.Ordinal);
        Assert.IsType<Effect.Failed>(await CreateKey());
    }

    [Fact]
    public async Task A_reply_that_is_lost_is_not_a_failure_and_the_next_look_shows_what_happened()
    {
        garage.LostPath = "CreateKey";

        Assert.IsType<Effect.Lost>(await CreateKey());

        garage.LostPath = null;
        Assert.Equal(Seq1(Mark), (await Look()).Keys.Map(key => key.Mark));
        Assert.IsType<Effect.Done>(await CreateKey());
        Assert.Single(garage.State.Keys);
    }

    [Fact]
    public async Task A_failure_of_the_cluster_may_have_done_it()
    {
        garage.Instead = path =>
            path.Contains("CreateKey", StringComparison.Ordinal)
                ? Results.Json(new { code = "ServiceUnavailable", message = "no quorum" }, statusCode: 503)
                : null;

        var lost = Assert.IsType<Effect.Lost>(await CreateKey());

        Assert.Contains("no quorum", lost.Cause.Describe().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_holds_up_one_look_and_not_the_next()
    {
        using var hasty = Connect(TimeSpan.FromSeconds(1));
        garage.Hangs = true;
        Assert.Contains("did not answer", await Unknown(hasty), StringComparison.Ordinal);
        var before = DateTime.UtcNow;

        Assert.Contains("a moment ago", await Unknown(hasty), StringComparison.Ordinal);

        Assert.True(DateTime.UtcNow - before < TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unknown_and_nothing_happens()
    {
        await garage.DisposeAsync();

        Assert.NotEmpty(await Unknown(client));
        Assert.IsType<Effect.Failed>(await CreateKey());
    }

    [Fact]
    public async Task What_is_no_Garage_is_told()
    {
        garage.Instead = _ => Results.Content("<html>", "text/html");

        Assert.Contains("not as its admin API describes", await Unknown(client), StringComparison.Ordinal);
    }

    private GarageClient Connect(TimeSpan answerLimit) =>
        new(
            new GarageOptions(garage.Url, tokenFile, garage.Url, "garage") { AnswerLimit = answerLimit },
            TimeProvider.System
        );

    private async Task<StandInBucket> Made()
    {
        Assert.IsType<Effect.Done>(await CreateKey());
        Assert.IsType<Effect.Done>(await client.CreateBucket(new Action.CreateBucket(Mark), CancellationToken.None));
        Assert.IsType<Effect.Done>(await client.OpenBucket(new Action.OpenBucket(Mark), CancellationToken.None));
        return garage.State.Named(Name.Value);
    }

    private Task<Effect> CreateKey() =>
        client.CreateBucketKey(new Action.CreateBucketKey(Mark), CancellationToken.None);

    private Task<Effect> Clear(string id) =>
        client.EmptyBucket(new Action.EmptyBucket(Name, id, Scene.Instance), CancellationToken.None);

    private async Task<ObservedBuckets> Look() =>
        (await client.Buckets(Set(Name), CancellationToken.None)).Match(
            seen => seen,
            reason => throw new InvalidOperationException(reason)
        );

    private static async Task<string> Unknown(GarageClient client) =>
        Assert
            .IsType<Observation<ObservedBuckets>.Unknown>(
                await client.Buckets(Set<BucketName>(), CancellationToken.None)
            )
            .Reason;
}
