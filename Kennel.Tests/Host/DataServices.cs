using Kennel.Tests.Garage;
using Kennel.Tests.OpenBao;

namespace Kennel.Tests.Host;

/// <summary>
/// A host with everything that branches get: PostgreSQL and Valkey as they are, and servers that stand in for Garage and
/// OpenBao. They come back with the host after a reboot; the stand-ins only once their doors are opened again.
/// </summary>
internal sealed class DataServices : IAsyncDisposable
{
    private const string ValkeySocket = "/run/valkey/valkey.sock";
    private const string PasswordFile = "/etc/kennel/valkey-password";
    private const string Doors = "/run/doors";

    private readonly TestHost host;
    private readonly List<HostDoor> doors = [];

    private DataServices(TestHost host, GarageStandIn garage, OpenBaoStandIn secrets) =>
        (this.host, Garage, Secrets) = (host, garage, secrets);

    /// <summary>Stands in for Garage.</summary>
    public GarageStandIn Garage { get; }

    /// <summary>Stands in for OpenBao.</summary>
    public OpenBaoStandIn Secrets { get; }

    /// <summary>The options of such a host, which hears a forge too.</summary>
    public static HostOptions Options { get; } =
        TestForge.Options with
        {
            Files =
            [
                .. TestForge.Options.Files,
                (PasswordFile, "of the administrator alone\n"),
                ("/etc/kennel/garage-token", GarageStandIn.Token),
                ("/etc/kennel/openbao-token", OpenBaoStandIn.RootToken),
                ("/etc/systemd/system/kennel.service.d/restart.conf", "[Service]\nRestartSec=100ms\n"),
                ("/etc/systemd/system/valkey-on-trial.service", Valkey),
                .. Door("openbao", 8200),
                .. Door("garage-admin", 3903),
                .. Door("garage", 3900),
            ],
            Configuration = TestForge.Configured(
                $$"""
                "resources": {
                  "postgres": { "enable": true },
                  "valkey": { "enable": true, "passwordFile": "{{PasswordFile}}" },
                  "garage": {
                    "enable": true,
                    "adminEndpoint": "http://127.0.0.1:3903",
                    "adminTokenFile": "/etc/kennel/garage-token",
                    "s3Endpoint": "http://127.0.0.1:3900"
                  }
                },
                "secrets": {
                  "enable": true,
                  "vaultEndpoint": "http://127.0.0.1:8200",
                  "tokenFile": "/etc/kennel/openbao-token"
                },
                """
            ),
        };

    private static string Valkey =>
        $"""
            [Service]
            RuntimeDirectory=valkey
            StateDirectory=valkey-on-trial
            ExecStart=sh -c 'exec valkey-server --port 0 --databases 64 --unixsocket {ValkeySocket} --unixsocketperm 777 --appendonly yes --dir /var/lib/valkey-on-trial --requirepass "$(cat {PasswordFile})"'
            [Install]
            WantedBy=multi-user.target
            """;

    /// <summary>Runs a test on such a host.</summary>
    public static Task With(Func<TestHost, DataServices, Task> test) =>
        TestHost.With(
            Options,
            async host =>
            {
                await host.Run(
                    $"""
                    systemctl daemon-reload
                    systemctl enable --now --quiet valkey-on-trial openbao.socket garage.socket garage-admin.socket
                    {TestPostgres.Rights}
                    """
                );
                await using var services = new DataServices(
                    host,
                    await GarageStandIn.Start(),
                    await OpenBaoStandIn.Start()
                );
                await services.OpenDoors();
                await test(host, services);
                Assert.Empty(services.Garage.Violations);
                Assert.Empty(services.Secrets.Violations);
            }
        );

    /// <summary>Lets the host reach the stand-ins, for the first time or after a reboot.</summary>
    public async Task OpenDoors()
    {
        await CloseDoors();
        await host.Run($"mkdir -p {Doors}");
        var root = await host.Root();
        doors.Add(new HostDoor($"{root}{Doors}/openbao", new Uri(Secrets.Url)));
        doors.Add(new HostDoor($"{root}{Doors}/garage", new Uri(Garage.Url)));
        doors.Add(new HostDoor($"{root}{Doors}/garage-admin", new Uri(Garage.Url)));
        await host.Run($"chmod 666 {Doors}/*");
    }

    public async ValueTask DisposeAsync()
    {
        await CloseDoors();
        await Garage.DisposeAsync();
        await Secrets.DisposeAsync();
    }

    /// <summary>All that there is in PostgreSQL, Valkey and Garage.</summary>
    public async Task<string> Everything() =>
        await host.Run(
            $"""
            {TestPostgres.Everything}
            export REDISCLI_AUTH=$(cat {PasswordFile})
            valkey-cli -s {ValkeySocket} ACL USERS
            valkey-cli -s {ValkeySocket} INFO keyspace | cut -d , -f 1
            """
        )
        + string.Join(
            '\n',
            Garage.State.Buckets.Select(it =>
                $"{string.Join(' ', it.GlobalAliases)} {it.Id}: {string.Join(' ', it.Objects.Keys)}"
            )
        )
        + string.Join('\n', Garage.State.Keys.Select(it => $"{it.Id} {it.Name}"));

    /// <summary>Things with names as Kennel gives them, which others made.</summary>
    public async Task AddLookAlikes()
    {
        await host.Run(
            $"""
            {TestPostgres.LookAlikes}
            export REDISCLI_AUTH=$(cat {PasswordFile})
            valkey-cli -s {ValkeySocket} -n 7 SET foreign 1
            """
        );
        Garage.State.Add("kennel-hello-pr-1").Fill("foreign");
        Garage.State.Add("hello-main").Fill("foreign");
        Garage.State.CreateKey("kennel-hello-pr-1");
    }

    /// <summary>
    /// A service that adds a row, a visit and an object to what it has whenever it starts, and says how many there are.
    /// </summary>
    public static string Writer(string version) =>
        $$"""
            {{Edit.ServiceOnly(version)}}
            sed -i '/resources = \[ \];/d' flake.nix
            {{Use}}
            """;

    /// <summary>The change of a copy of the example's program alone.</summary>
    public const string Use = """
        cat >use.pl <<'USE'
        my $psql = '/usr/lib/postgresql/17/bin/psql -XAtq';
        system("$psql -c 'CREATE TABLE IF NOT EXISTS visits (n int)' -c 'INSERT INTO visits VALUES (1)'") == 0 or die "no database\n";
        chomp( my $rows = `$psql -c 'SELECT count(*) FROM visits'` );
        my ( $user, $password, $socket, $number ) =
            $ENV{REDIS_URL} =~ m{^unix://([^:]+):([^@]+)@[^/]*(/[^?]+)\?db=(\d+)$} or die "no cache\n";
        $ENV{REDISCLI_AUTH} = $password;
        my ($visits) = `valkey-cli -s $socket --user $user -n $number INCR visits` =~ /(\d+)/ or die "not let into the cache\n";
        my $curl = "curl --silent --show-error --fail --aws-sigv4 aws:amz:$ENV{AWS_REGION}:s3 --user $ENV{AWS_ACCESS_KEY_ID}:$ENV{AWS_SECRET_ACCESS_KEY}";
        my $bucket = "$ENV{S3_ENDPOINT}/$ENV{S3_BUCKET}";
        system("$curl --request PUT --data-binary something $bucket/visit-$rows") == 0 or die "no bucket\n";
        my $objects = () = `$curl $bucket` =~ /<Key>/g;
        $version .= " with $rows rows, $visits visits and $objects objects";
        USE
        sed -i '/^my .version/r use.pl' hello
        """;

    // systemd passes on what comes to the port to the socket behind which the server of the tests is.
    private static IEnumerable<(string Path, string Text)> Door(string name, int port) =>
        [
            (
                $"/etc/systemd/system/{name}.socket",
                $"[Socket]\nListenStream=127.0.0.1:{port}\n[Install]\nWantedBy=sockets.target\n"
            ),
            (
                $"/etc/systemd/system/{name}.service",
                $"[Service]\nExecStart=/usr/lib/systemd/systemd-socket-proxyd {Doors}/{name}\n"
            ),
        ];

    private async Task CloseDoors()
    {
        foreach (var door in doors)
            await door.DisposeAsync();
        doors.Clear();
    }
}
