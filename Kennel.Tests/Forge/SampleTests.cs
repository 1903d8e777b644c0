using System.Text;
using Kennel.Core.Forge;

namespace Kennel.Tests.Forge;

public sealed class SampleTests
{
    [SamplesFact]
    public void Every_sample_is_accepted_or_refused_for_the_reason_in_the_table() =>
        Golden.Holds(
            "Kennel.Tests/Forge/samples.golden.txt",
            string.Join('\n', Sample.All.Map(sample => $"{sample.File}\n    {EventOf(sample)}: {Verdict(sample)}"))
        );

    [SamplesFact]
    public void Every_recorded_signature_is_good_and_no_other_secret_makes_it() =>
        Assert.All(
            Sample.All.Filter(sample => sample.Secret.IsSome),
            sample =>
            {
                var given = Signature.Given(sample.Header).IfNone([]);

                Assert.True(Signature.IsMadeWith(WebhookSecret.Of(sample.Secret.IfNone("")), sample.Body, given));
                Assert.False(Signature.IsMadeWith(WebhookSecret.Of("other"), sample.Body, given));
            }
        );

    [SamplesFact]
    public void A_body_that_is_written_anew_no_longer_fits_its_signature() =>
        Assert.All(
            Sample.All.Filter(sample => sample.Secret.IsSome),
            sample =>
                Assert.False(
                    Signature.IsMadeWith(
                        WebhookSecret.Of(sample.Secret.IfNone("")),
                        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(sample.Body).ReplaceLineEndings("") + "\n"),
                        Signature.Given(sample.Header).IfNone([])
                    )
                )
        );

    [SamplesFact]
    public void What_is_looked_at_before_verifying_is_what_is_read_afterwards() =>
        Assert.All(
            Sample.All,
            sample =>
            {
                var read = ForgeEvents.Read("ping", Encoding.UTF8.GetString(sample.Body)).ToOption();
                var glance = RepositoryGlance.Of(sample.Body);

                Assert.Equal(read.Map(message => message.Repository.Id), glance.Bind(it => it.Id));
            }
        );

    private static string EventOf(Sample sample) =>
        DeliveryHeaders.Read(sample.Header, sample.Body).Match(headers => headers.Event, _ => "no event");

    private static string Verdict(Sample sample) =>
        ForgeEvents
            .Read(EventOf(sample), Encoding.UTF8.GetString(sample.Body))
            .Match(
                message =>
                    message.News is News.Nothing nothing
                        ? $"needs nothing: {nothing.Why}"
                        : $"accepted for {message.Repository.FullName}: {message.News.Describe()}",
                problems => $"refused: {string.Join("; ", problems)}"
            );
}
