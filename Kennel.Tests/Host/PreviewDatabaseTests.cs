namespace Kennel.Tests.Host;

public sealed class PreviewDatabaseTests
{
    private const string AsKennel = "runuser -u kennel -- " + TestPostgres.Psql;

    private const string Sample = $"""
        {AsKennel} -d postgres -c 'CREATE DATABASE sample'
        {AsKennel} -d sample -c 'CREATE TABLE visits (n int)' -c 'INSERT INTO visits SELECT generate_series(1, 40)'
        """;

    private static readonly HostOptions Options = TestForge.Options with
    {
        Configuration = TestForge.Configured(
            "\"resources\": { \"postgres\": { \"enable\": true, \"templates\": [\"sample\"] } },"
        ),
    };

    [HostFact]
    public Task A_preview_starts_with_what_another_branch_has_or_with_a_template_and_never_with_production() =>
        TestHost.With(
            Options,
            async host =>
            {
                await host.Run($"{TestPostgres.Rights}\n{Sample}");
                var hello = await TestRepository.Create(host);
                var forge = new TestForge(host, hello);
                await forge.Push("main", Counting("1", "empty"));
                await host.UntilServed(HostLooks.HostName("hello", "main"), "hello, version 1 with 1 rows");
                await forge.Push("dev", Counting("2", "empty"));
                await host.UntilServed(HostLooks.HostName("hello", "dev"), "hello, version 2 with 1 rows");

                await forge.PushToPullRequest(7, "opened", "cloning", Counting("3", "clone:dev"));
                await host.UntilServed(HostLooks.HostName("hello", "pr-7"), "hello, version 3 with 2 rows");
                await forge.PushToPullRequest(8, "opened", "copying", Counting("4", "template:sample"));
                await host.UntilServed(HostLooks.HostName("hello", "pr-8"), "hello, version 4 with 41 rows");
                await forge.PushToPullRequest(9, "opened", "stealing", Counting("5", "clone:main"));
                await TestHost.Until(
                    "the refusal is told",
                    async () =>
                        (await host.Kennel("why", "hello/#9")).Contains(
                            "does not allow copies of production",
                            StringComparison.Ordinal
                        )
                );
                await host.UntilSettled();

                Assert.Equal("", await host.Run("ls /var/lib/kennel/backups | grep copy || true"));
                Assert.DoesNotContain(
                    await host.Units(),
                    unit => unit.Contains("kennel-copy-", StringComparison.Ordinal)
                );
                Assert.Equal(
                    "1\n",
                    await host.Run($"{TestPostgres.AsSuperuser} -d kennel_hello_dev -c 'SELECT count(*) FROM visits'")
                );
            }
        );

    // A service that adds a row to its database whenever it starts, and says how many there are.
    private static string Counting(string version, string start) =>
        $$"""
            {{Edit.Version(version)}}
            {{TestPostgres.Count}}
            sed -i 's/resources = \[ \];/resources = [ "postgres" ]; preview.database = "{{start}}";/' flake.nix
            """;
}
