using System.Globalization;

namespace Kennel.Tests.Host;

/// <summary>Requests that go on and on while something else happens; every answer is kept.</summary>
internal sealed class Load
{
    private readonly TestHost host;
    private readonly string directory;
    private readonly Task<string> running;

    private Load(TestHost host, string directory, Task<string> running) =>
        (this.host, this.directory, this.running) = (host, directory, running);

    /// <summary>Begins to ask for a page from two clients at once, a new connection for each request.</summary>
    public static async Task<Load> Start(TestHost host, string hostName)
    {
        var place = (await host.Run("mktemp --directory")).Trim();
        var script = $$"""
            ask() {
                while [ ! -e {{place}}/stop ]; do
                    curl --silent --max-time 30 --output {{place}}/body$1 --write-out '%{http_code} ' \
                        --header 'Host: {{hostName}}' http://127.0.0.1/ || true
                    head -n 1 {{place}}/body$1
                    sleep 0.01
                done >{{place}}/answers$1
            }
            ask 1 & ask 2 & wait
            cat {{place}}/answers*
            """;
        var load = new Load(host, place, host.Run(script, TimeSpan.FromMinutes(20)));
        await load.UntilAnswers(20);
        return load;
    }

    /// <summary>Waits until so many requests were answered.</summary>
    public Task UntilAnswers(int count) =>
        TestHost.Until(
            $"{count} requests were answered",
            async () =>
                int.Parse(
                    await host.Run($"cat {directory}/answers* 2>/dev/null | wc -l || true"),
                    CultureInfo.InvariantCulture
                ) >= count
        );

    /// <summary>Ends it; returns the answers, each the status and the first line.</summary>
    public async Task<IReadOnlyList<string>> Stop()
    {
        await host.Run($"touch {directory}/stop");
        return (await running).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Ends it, when every answer must have been good; returns what was served, each text once.</summary>
    public async Task<IReadOnlyList<string>> StopWithoutFailure()
    {
        var answers = await Stop();
        Assert.All(answers, answer => Assert.StartsWith("200 ", answer, StringComparison.Ordinal));
        return answers.Select(answer => answer[4..]).Distinct().ToList();
    }
}
