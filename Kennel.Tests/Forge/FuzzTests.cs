using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Xunit.Abstractions;

namespace Kennel.Tests.Forge;

/// <summary>
/// Whatever arrives, the webhook answers, with no error of its own, and accepts nothing that is not signed. Cases that
/// ever broke this, and two for each way to be answered (KENNEL_ACCEPT=1 keeps new ones), are kept beside this file and tried in every run.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int CasesOfEveryRun = 3000;
    private const int Seed = 20260131;
    private const string SecondsVariable = "KENNEL_FUZZ_SECONDS";
    private const string AcceptVariable = "KENNEL_ACCEPT";
    private const int ExamplesKept = 2;
    private const int LinesAtOnce = 32;

    // The one status above 499 that says that the request is wrong.
    private const int OtherHttpVersion = 505;

    private static readonly string Corpus = Checkout.Path("Kennel.Tests", "Forge", "Corpus");

    private WebhookOnTrial _webhook = null!;

    public async Task InitializeAsync() => _webhook = await WebhookOnTrial.Start();

    public async Task DisposeAsync() => await _webhook.DisposeAsync();

    [Fact]
    public async Task What_was_once_remarkable_is_answered()
    {
        var files = Directory.GetFiles(Corpus, "*.delivery").Order(StringComparer.Ordinal).ToList();

        Assert.NotEmpty(files);
        foreach (var file in files)
            await Try(FuzzCase.Read(await File.ReadAllBytesAsync(file)));
    }

    [Fact]
    public async Task Whatever_arrives_is_answered_and_nothing_unsigned_is_accepted()
    {
        var (answers, count, started) = (new SortedDictionary<int, int>(), 0, Stopwatch.StartNew());
        var (fuzzer, limit) = (new Fuzzer(SeedOfRun()), Limit());
        while (count < CasesOfEveryRun || started.Elapsed < limit)
        {
            var cases = Enumerable.Range(0, LinesAtOnce).Select(_ => fuzzer.Next()).ToList();
            foreach (var (tried, status) in cases.Zip(await Task.WhenAll(cases.Select(Try))))
            {
                answers[status] = answers.GetValueOrDefault(status) + 1;
                if (answers[status] <= ExamplesKept && Environment.GetEnvironmentVariable(AcceptVariable) == "1")
                    Keep(tried);
            }
            count += cases.Count;
        }
        output.WriteLine($"{count} deliveries in {started.Elapsed.TotalSeconds:0} s: {string.Join(", ", answers)}");

        Assert.Contains(202, answers.Keys);
        Assert.DoesNotContain(
            _webhook.Complaints,
            complaint => complaint.Contains("failed:", StringComparison.Ordinal)
        );
    }

    private async Task<int> Try(FuzzCase tried)
    {
        try
        {
            var statuses = await tried.Send(_webhook.Port);
            Assert.DoesNotContain(statuses, status => status >= 500 && status != OtherHttpVersion);
            Assert.True(tried.IsSigned || !statuses.Any(status => status is >= 200 and < 300), "it was accepted");
            return statuses.FirstOrDefault();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"kept as {Keep(tried)}: {error.Message}", error);
        }
    }

    private static string Keep(FuzzCase tried)
    {
        var bytes = tried.Written();
        var name = $"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}.delivery";
        File.WriteAllBytes(Path.Combine(Corpus, name), bytes);
        return name;
    }

    // The same cases in every run, so that a change is judged by what it changes; a long run looks for new ones.
    private static int SeedOfRun() => Limit() == TimeSpan.Zero ? Seed : Environment.TickCount;

    private static TimeSpan Limit() =>
        int.TryParse(
            Environment.GetEnvironmentVariable(SecondsVariable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seconds
        )
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;
}
