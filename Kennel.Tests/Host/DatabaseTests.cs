using Kennel.Core.Views;

namespace Kennel.Tests.Host;

public sealed class DatabaseTests
{
    private const string Page = "hello-main." + TestHost.Domain;
    private static readonly HostOptions WithDatabases = new()
    {
        Configuration = """
            {
              "domains": { "ephemeral": "kennel.localhost" },
              "caddy": { "adminUrl": "unix//run/caddy-admin/admin.sock", "port": 80 },
              "git": { "allowedProtocols": ["file"] },
              "releases": { "readyDeadlineSeconds": 20, "stayUpSeconds": 1, "drainSeconds": 2 },
              "ports": { "coolingSeconds": 1 },
              "resources": { "postgres": { "enable": true } }
            }
            """,
    };

    [HostFact]
    public Task An_application_writes_to_its_database_and_finds_it_again_and_nobody_else_gets_in() =>
        TestHost.With(
            WithDatabases,
            async host =>
            {
                await host.Run(TestPostgres.Rights);
                var hello = await TestRepository.Create(host);
                var other = await TestRepository.Create(host, "other");
                await hello.Release("main", Counting("1"));
                await other.Release("main", Counting("1"));
                await host.UntilServed(Page, "hello, version 1 with 1 rows in kennel_hello_main");

                await hello.Release("main", Counting("2"));
                await host.UntilServed(Page, "hello, version 2 with 2 rows in kennel_hello_main");
                await host.Reboot();
                await host.UntilServed(Page, "hello, version 2 with 3 rows in kennel_hello_main");

                var refused = await host.Try(
                    $"systemd-run --quiet --pipe --wait -p DynamicUser=yes -p User={await Owner(host, "kennel_other_main")} "
                        + $"{TestPostgres.Psql} -h /run/postgresql -d kennel_hello_main -c 'SELECT * FROM visits'"
                );
                Assert.NotEqual(0, refused.ExitStatus);
                Assert.Contains("permission denied", refused.Error, StringComparison.Ordinal);
                // The second release was tried on data, so that there is a copy of what was before it.
                Assert.Contains(
                    "kennel_hello_main.build-",
                    await host.Run("ls /var/lib/kennel/backups"),
                    StringComparison.Ordinal
                );
            }
        );

    [HostFact]
    public Task What_goes_goes_whole_while_PostgreSQL_restarts_and_what_looks_like_it_stays() =>
        TestHost.With(
            WithDatabases,
            async host =>
            {
                await host.Run(TestPostgres.Rights);
                await host.Run(TestPostgres.LookAlikes);
                var before = await host.Run(TestPostgres.Everything);
                var hello = await TestRepository.Create(host);
                await hello.Release("main", Counting("1"));
                await hello.Release("topic", Counting("1"));
                Assert.NotEqual(before, await host.Run(TestPostgres.Everything));

                await host.Kennel("remove", "hello", "main");
                await host.Kennel("remove", "hello", "topic");
                for (var count = 0; count < 3; count++)
                    await host.Run("systemctl restart postgresql@17-main; sleep 0.3");
                await host.UntilSettled();

                Assert.Equal(before, await host.Run(TestPostgres.Everything));
                Assert.DoesNotContain(
                    (await host.Ask<InventoryView>("inventory")).Items,
                    item => item.Kind is "database" or "role"
                );
                Assert.Matches(
                    @"^kennel_hello_main\.removal-1-\d+\.dump\n$",
                    await host.Run("ls /var/lib/kennel/backups")
                );
            }
        );

    [HostFact]
    public Task Without_PostgreSQL_only_what_needs_it_waits_and_the_reason_is_told() =>
        TestHost.With(
            WithDatabases,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                var plain = await TestRepository.Create(host, "plain");
                await plain.Release(
                    "main",
                    $"{Edit.Version("1")}\n{Edit.Manifest("{ version = 1; resources = [ ]; services.hello.ready.path = \"/health\"; }")}"
                );
                await hello.Push("main", Counting("1"));
                await host.Kennel("deploy", "hello", "main");
                await TestHost.Until(
                    "the reason is told",
                    async () =>
                        (await host.Kennel("why", "hello/main")).Contains(
                            "PostgreSQL could not be looked at",
                            StringComparison.Ordinal
                        )
                );

                await host.Run(TestPostgres.Rights);

                await host.UntilServed(Page, "hello, version 1 with 1 rows in kennel_hello_main");
            }
        );

    [HostFact]
    public Task A_dump_is_put_back_and_a_shell_is_opened_as_the_branchs_own_user() =>
        TestHost.With(
            WithDatabases,
            async host =>
            {
                await host.Run(TestPostgres.Rights);
                var hello = await TestRepository.Create(host);
                await hello.Release("main", Counting("1"));
                await host.UntilServed(Page, "version 1 with 1 rows");
                await host.Kennel("db", "dump", "hello/main");
                var dump = (await host.Run("ls /var/lib/kennel/backups | grep asked")).Trim();

                Assert.Contains("knl-", await Shell(host, "SELECT session_user"), StringComparison.Ordinal);
                await Shell(host, "INSERT INTO visits VALUES (2), (3)");
                Assert.Matches(@"\b3\b", await Shell(host, "SELECT count(*) FROM visits"));
                await host.Kennel("db", "restore", "hello/main", dump, "--yes");
                Assert.DoesNotMatch(@"\b3\b", await Shell(host, "SELECT count(*) FROM visits"));

                await Shell(host, "INSERT INTO visits VALUES (2), (3)");
                await host.Kennel("db", "reset", "hello/main", "--yes");
                await host.UntilSettled();
                Assert.DoesNotMatch(@"\b3\b", await Shell(host, "SELECT count(*) FROM visits"));
                Assert.Contains(
                    "kennel_hello_main.reset-",
                    await host.Run("ls /var/lib/kennel/backups"),
                    StringComparison.Ordinal
                );
            }
        );

    private static Task<string> Shell(TestHost host, string sql) =>
        host.Run($"printf '%s;\\n' \"{sql}\" | kennel db shell hello/main");

    // A service that adds a row to its database whenever it starts, and says how many there are.
    private static string Counting(string version) =>
        $$"""
            {{Edit.Version(version)}}
            {{TestPostgres.Count}}
            sed -i 's/resources = \[ \];/resources = [ "postgres" ];/' flake.nix
            """;

    private static async Task<string> Owner(TestHost host, string database) =>
        (
            await host.Run(
                $"{TestPostgres.AsSuperuser} -c \"SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '{database}'\""
            )
        ).Trim();
}
