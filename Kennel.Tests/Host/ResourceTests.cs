namespace Kennel.Tests.Host;

public sealed class ResourceTests
{
    private const string Page = "hello-main." + TestHost.Domain;

    [HostFact]
    public Task An_application_writes_to_all_three_and_finds_all_again_and_another_reads_none_of_it() =>
        DataServices.With(
            async (host, services) =>
            {
                var hello = await TestRepository.Create(host);
                var other = await TestRepository.Create(host, "other");
                await hello.Release("main", DataServices.Writer("1"));
                await other.Release("main", DataServices.Writer("1"));
                await host.UntilServed(Page, "version 1 with 1 rows, 1 visits and 1 objects");
                await hello.Release("main", DataServices.Writer("2"));
                await host.UntilServed(Page, "version 2 with 2 rows, 2 visits and 2 objects");
                await host.UntilSettled();

                Assert.Equal("database\ncache\nbucket\n", await ReadOfHello(host, "hello"));
                Assert.Equal("", await ReadOfHello(host, "other"));

                await host.Reboot();
                await services.OpenDoors();
                await host.UntilServed(Page, "version 2 with 3 rows, 3 visits and 3 objects");
            }
        );

    [HostFact]
    public Task Fifty_pull_requests_while_all_fails_in_turn_leave_nothing_and_what_looks_like_it_stays() =>
        DataServices.With(
            async (host, services) =>
            {
                services.Secrets.Put("secretspec/hello/preview/TOKEN", "of previews");
                services.Secrets.Put("secretspec/hello/prod/TOKEN", "of production");
                await services.AddLookAlikes();
                var before = await services.Everything();
                var flood = new Flood(host);
                await flood.Prepare($"{Committing}\nmake hello\nc=$(commit hello 1) && push hello HEAD:main");
                await flood.Register("hello");
                await host.Kennel("deploy", "hello", "main", "--wait");
                await host.UntilServed(Page, "version 1 with 1 rows, 1 visits and 1 objects");

                await flood.Prepare($"{Committing}\n{FiftyPullRequests}");
                await Task.WhenAll(flood.Send(), FailInTurn(host, services));
                await host.UntilSettled(TimeSpan.FromMinutes(6));

                await host.UntilServed(Page, "version 2 with 2 rows, 2 visits and 2 objects");
                await host.Kennel("remove", "hello", "main");
                await host.UntilSettled();
                await host.ExpectNothingLeft();
                Assert.Equal("", await host.Run("find /run/kennel-secrets -mindepth 1"));
                Assert.Equal(before, await services.Everything());
            }
        );

    [HostFact]
    public Task After_a_reboot_what_needs_secrets_starts_when_they_can_be_read_again() =>
        DataServices.With(
            async (host, services) =>
            {
                services.Secrets.Put("secretspec/hello/prod/TOKEN", "of production");
                var hello = await TestRepository.Create(host);
                var plain = await TestRepository.Create(host, "plain");
                await hello.Release("main", $"{Edit.ServiceOnly("1")}\n{Declaration}");
                await plain.Release("main", Edit.ServiceOnly("1"));

                services.Secrets.IsSealed = true;
                await host.Reboot();
                await services.OpenDoors();
                await host.UntilServed(HostLooks.HostName("plain", "main"), "version 1");
                await TestHost.Until(
                    "the reason is told",
                    async () => (await host.Kennel("why", "hello/main")).Contains("sealed", StringComparison.Ordinal)
                );

                services.Secrets.IsSealed = false;
                await host.UntilServed(Page, "version 1");
            }
        );

    [HostFact]
    public Task A_file_for_SQLite_outlives_releases_sleep_and_reboot_and_goes_with_the_branch() =>
        TestHost.With(async host =>
        {
            var page = HostLooks.HostName("hello", "topic");
            var hello = await TestRepository.Create(host);
            await hello.Release("topic", WithSqlite("1"));
            await host.UntilServed(page, "version 1 with 1 rows");
            await hello.Release("topic", WithSqlite("2"));
            await host.UntilServed(page, "version 2 with 2 rows");

            await host.Kennel("hibernate", "hello/topic");
            await TestHost.Until("it has stopped", async () => (await host.Units()).Count == 0);
            await host.Kennel("wake", "hello/topic");
            await host.UntilServed(page, "version 2 with 3 rows");
            await host.Reboot();
            await host.UntilServed(page, "version 2 with 4 rows");

            await hello.Remove("topic");
            await host.ExpectNothingLeft();
            await hello.Release("topic", WithSqlite("3"));
            await host.UntilServed(page, "version 3 with 1 rows");
        });

    private static string WithSqlite(string version) =>
        $$"""
            {{Edit.ServiceOnly(version)}}
            cat >use.pl <<'USE'
            system("sqlite3 $ENV{DATABASE_PATH} 'CREATE TABLE IF NOT EXISTS visits (n); INSERT INTO visits VALUES (1)'") == 0 or die "no file\n";
            chomp( my $rows = `sqlite3 $ENV{DATABASE_PATH} 'SELECT count(*) FROM visits'` );
            $version .= " with $rows rows";
            USE
            sed -i '/^my .version/r use.pl' hello
            """;

    private const string Declaration = """
        cat >secretspec.toml <<'SECRETS'
        [project]
        name = "hello"
        revision = "1.0"

        [profiles.default]
        TOKEN = { description = "what it needs" }
        SECRETS
        """;

    // Another commit than that of the other floods: the example with its data services and a secret.
    private const string Committing = $$"""
        commit() {
            (
                cd "$1"
                cp -r /src/examples/hello/. .
                {{DataServices.Use}}
                {{Declaration}}
                sed -i "s/version = \"1\";/version = \"$2\";/; /static_sites.site = {/,/};/d; /resources = \[ \];/d" flake.nix
            ) >&2
            git -C "$1" add --all
            git -C "$1" commit --quiet --allow-empty --message "$2"
            git -C "$1" rev-parse HEAD
        }
        """;

    private const string FiftyPullRequests = """
        c=$(commit hello 2) && push hello HEAD:main && note push main $c
        for n in $(seq 50); do
            for second in 1 2 3; do
                [ $second = 1 ] && action=opened || action=synchronized
                c=$(commit hello "$n-$second") && push hello "HEAD:b$n" "HEAD:refs/pull/$n/head"
                note --updated-at "2026-01-02T10:00:0${second}Z" pull-request $n $action b$n $c
            done
            note --updated-at 2026-01-02T10:00:04Z pull-request $n closed b$n $c
        done
        """;

    private static async Task FailInTurn(TestHost host, DataServices services)
    {
        for (var round = 0; round < 3; round++)
        {
            await host.Run("sleep 1; systemctl restart postgresql@17-main; sleep 1");
            services.Garage.Instead = _ => Microsoft.AspNetCore.Http.Results.StatusCode(500);
            await host.Run("systemctl kill --signal KILL kennel; sleep 2");
            services.Garage.Instead = _ => null;
            services.Secrets.IsSealed = true;
            await host.Run("systemctl stop valkey-on-trial; sleep 2; systemctl start valkey-on-trial");
            services.Secrets.IsSealed = false;
            await host.Run("systemctl kill --signal KILL kennel; sleep 2");
        }
    }

    // What the user of a project's service can read of hello's, by all that his own service was given.
    private static Task<string> ReadOfHello(TestHost host, string project) =>
        host.Run(
            $$"""
            unit() { systemctl list-units --plain --no-legend --state=running "kennel-$1-main-*.service" | awk 'NR == 1 { print $1 }'; }
            process() { systemctl show --property MainPID --value "$(unit "$1")"; }
            given() { tr '\0' '\n' <"/proc/$(process "$1")/environ" | sed -n "s/^$2=//p"; }
            cache=$(given {{project}} REDIS_URL | sed 's|^unix://\([^@]*\)@.*|\1|')
            number=$(given hello REDIS_URL | sed 's|.*db=||')
            password=$(given hello REDIS_URL | sed 's|^unix://[^:]*:\([^@]*\)@.*|\1|')
            cat >/srv/read-of-hello <<SCRIPT
            psql -h /run/postgresql -d $(given hello PGDATABASE) -c 'SELECT * FROM visits' && echo database >&3
            printf 'SELECT $number\nGET visits\n' | valkey-cli -s /run/valkey/valkey.sock --user ${cache%%:*} -a ${cache#*:} | grep -x 2 && echo cache >&3
            curl --fail --aws-sigv4 aws:amz:garage:s3 --user $(given {{project}} AWS_ACCESS_KEY_ID):$(given {{project}} AWS_SECRET_ACCESS_KEY) \
                http://127.0.0.1:3900/$(given hello S3_BUCKET) && echo bucket >&3
            cat /proc/$(process hello)/environ && echo environment >&3
            ls /var/lib/$(systemctl show --property StateDirectory --value "$(unit hello)" | sed 's/:.*//')/ && echo files >&3
            cat /run/kennel-secrets/$(unit hello)/environment && echo secrets >&3
            systemctl show $(unit hello) | grep -e $password -e $(given hello AWS_SECRET_ACCESS_KEY) && echo properties >&3
            systemctl cat $(unit hello) | grep -e $password -e $(given hello AWS_SECRET_ACCESS_KEY) && echo properties >&3
            exit 0
            SCRIPT
            chmod 644 /srv/read-of-hello
            systemd-run --quiet --pipe --wait -p DynamicUser=yes -p User="$(systemctl show --property User --value "$(unit {{project}})")" \
                bash -c 'exec 3>&1 >/dev/null 2>&1; . /srv/read-of-hello'
            """
        );
}
