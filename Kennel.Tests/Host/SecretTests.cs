using System.Security.Cryptography;
using System.Text;
using Kennel.Tests.OpenBao;

namespace Kennel.Tests.Host;

public sealed class SecretTests
{
    private const string Page = "hello-main." + TestHost.Domain;
    private const string Value = "canary-of-a-variable-7f3a";
    private const string Rotated = "canary-of-a-variable-8c4b";
    private const string FileValue = "canary-of-a-file-9d5c";

    // Matches all of them, and not itself where it stands in a command.
    private const string AnyCanary = "canar[y]-of-a-";

    private static readonly HostOptions WithSecrets = new()
    {
        Files = [("/etc/kennel/openbao-token", OpenBaoStandIn.RootToken)],
        Configuration = """
            {
              "domains": { "ephemeral": "kennel.localhost" },
              "caddy": { "adminUrl": "unix//run/caddy-admin/admin.sock", "port": 80 },
              "git": { "allowedProtocols": ["file"] },
              "releases": { "readyDeadlineSeconds": 20, "stayUpSeconds": 1, "drainSeconds": 1 },
              "ports": { "coolingSeconds": 1 },
              "secrets": {
                "enable": true,
                "vaultEndpoint": "http://127.0.0.1:8200",
                "tokenFile": "/etc/kennel/openbao-token"
              }
            }
            """,
    };

    [HostFact]
    public Task A_secret_reaches_the_process_and_is_found_nowhere_else() =>
        TestHost.With(
            WithSecrets,
            async host =>
            {
                await using var store = await Store(host);
                store.Put("secretspec/hello/prod/CANARY", Value);
                store.Put("secretspec/hello/prod/CANARY_FILE", FileValue);
                var hello = await TestRepository.Create(host);
                await hello.Release("main", Declaring("1"));
                await host.UntilServed(Page, $"with {Sum(Value)} and {Sum(FileValue)}");
                await ExpectInMemoryAlone(host);

                store.IsSealed = true;
                store.Put("secretspec/hello/prod/CANARY", Rotated);
                var refused = await host.TryKennel("redeploy", "hello/main");
                Assert.NotEqual(0, refused.ExitStatus);
                Assert.Contains("sealed", refused.Error, StringComparison.Ordinal);
                await host.UntilServed(Page, $"with {Sum(Value)} and {Sum(FileValue)}");

                store.IsSealed = false;
                await host.Kennel("redeploy", "hello/main", "--wait");
                await host.UntilServed(Page, $"with {Sum(Rotated)} and {Sum(FileValue)}");
                await ExpectInMemoryAlone(host);

                await hello.Remove("main");
                Assert.Empty(await host.Run("find /run/kennel-secrets -mindepth 1"));
                Assert.Empty(store.Violations);
            }
        );

    [HostFact]
    public Task Another_unit_finds_no_secret_of_this_one() =>
        TestHost.With(
            WithSecrets,
            async host =>
            {
                await using var store = await Store(host);
                store.Put("secretspec/hello/prod/CANARY", Value);
                store.Put("secretspec/hello/prod/CANARY_FILE", FileValue);
                var hello = await TestRepository.Create(host);
                await hello.Release("main", Declaring("1"));
                await host.UntilServed(Page, $"with {Sum(Value)} and {Sum(FileValue)}");

                var stolen = await host.Try(
                    $$"""
                    unit=$(systemctl list-units --plain --no-legend 'kennel-hello-*.service' | awk 'NR == 1 { print $1 }')
                    pid=$(systemctl show --property MainPID --value "$unit")
                    systemd-run --quiet --pipe --wait -p DynamicUser=yes -p User=knl-stranger sh -c "
                        cat /proc/$pid/environ /run/kennel-secrets/$unit/* /run/credentials/$unit/* 2>&1
                        systemctl show $unit; systemctl cat $unit; cat /run/systemd/transient/$unit"
                    """
                );
                Assert.Contains("Permission denied", stolen.Output, StringComparison.Ordinal);
                Assert.Contains("EnvironmentFile", stolen.Output, StringComparison.Ordinal);
                Assert.DoesNotContain("canary-of-a", $"{stolen.Output}{stolen.Error}", StringComparison.Ordinal);
            }
        );

    // The server of the tests has its socket on the host, where systemd passes on to it what comes to the port.
    private static async Task<OpenBaoStandIn> Store(TestHost host)
    {
        var store = await OpenBaoStandIn.Start($"http://unix:{await host.Root()}/run/openbao.sock");
        await host.Run(
            """
            systemd-run --quiet --unit openbao --socket-property ListenStream=127.0.0.1:8200 \
                /usr/lib/systemd/systemd-socket-proxyd /run/openbao.sock
            """
        );
        return store;
    }

    // A service that declares two secrets and shows what they hash to.
    private static string Declaring(string version) =>
        $$"""
            {{Edit.ServiceOnly(version)}}
            cat >secretspec.toml <<'SECRETS'
            [project]
            name = "another"
            revision = "1.0"

            [profiles.default]
            CANARY = { description = "given as a variable" }
            CANARY_FILE = { description = "given as a file", as_path = true }
            SECRETS
            cat >sums.pl <<'SUMS'
            my ( $variable, $file ) = ( `printf %s "\$CANARY" | sha256sum`, `sha256sum <"\$CANARY_FILE"` );
            $version .= " with " . substr( $variable, 0, 16 ) . " and " . substr( $file, 0, 16 );
            SUMS
            sed -i '/^my .version/r sums.pl' hello
            """;

    private static string Sum(string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))[..16];

    private static async Task ExpectInMemoryAlone(TestHost host)
    {
        await host.UntilSettled();
        // They are found where they are to be, by the same means.
        Assert.Contains(
            "/environment",
            await host.Run($"grep -rlae '{AnyCanary}' /run/kennel-secrets"),
            StringComparison.Ordinal
        );
        Assert.Contains("canary-of-a-variable", await Environment(host), StringComparison.Ordinal);

        var found = await host.Run(
            $"grep -rlae '{AnyCanary}' /var /etc /home /root /srv /tmp /nix/store /nix/var /run/systemd /run/kennel /run/caddy-admin /run/log 2>/dev/null || true"
        );
        Assert.Equal("", found);
        foreach (var told in Telling)
            Assert.DoesNotMatch(AnyCanary, (await host.Try(told)).ToString());
        foreach (var path in Asked)
            Assert.DoesNotMatch(AnyCanary, (await host.TryAsk(path)).Expect());
        Assert.DoesNotMatch(AnyCanary, await host.CaddyConfiguration());
        Assert.DoesNotMatch(AnyCanary, string.Join('\n', await host.Routes()));
        Assert.Equal(Some("hello/main"), Assert.Single(await host.Inventory(), item => item.Kind == "secrets").Owner);
    }

    private static readonly string[] Telling =
    [
        "journalctl --no-pager --output export",
        "systemctl show --all 'kennel*'",
        "systemctl cat 'kennel-hello-*'",
        "kennel plan --json",
        "kennel why hello/main --json",
        "kennel logs --build 1",
        "kennel secrets hello/main",
        "cat /proc/*/cmdline",
        "sqlite3 -readonly /var/lib/kennel/kennel.db .dump",
    ];

    private static readonly string[] Asked =
    [
        "plan",
        "status",
        "builds",
        "deployments",
        "inventory",
        "projects",
        "releases?project=hello&branch=main",
        "secrets?project=hello&branch=main",
        "why?project=hello&branch=main",
    ];

    private static Task<string> Environment(TestHost host) =>
        host.Run(
            """
            unit=$(systemctl list-units --plain --no-legend --state=running 'kennel-hello-*.service' | awk 'NR == 1 { print $1 }')
            tr '\0' '\n' <"/proc/$(systemctl show --property MainPID --value "$unit")/environ"
            """
        );
}
