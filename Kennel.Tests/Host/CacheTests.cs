namespace Kennel.Tests.Host;

/// <summary>An application finds its own cache, and nobody else gets at it.</summary>
public sealed class CacheTests
{
    private const string Page = "hello-main." + TestHost.Domain;
    private const string OtherPage = "other-main." + TestHost.Domain;
    private const string Socket = "/run/valkey/valkey.sock";
    private const string PasswordFile = "/etc/kennel/valkey-password";

    // As any user but root and Kennel: what another deployment could try.
    private const string AsAnother =
        "systemd-run --quiet --pipe --wait -p DynamicUser=yes -p User=knl-ffffffffffffffff";

    private static readonly HostOptions WithValkey = new()
    {
        Configuration = new HostOptions().Configuration.Replace(
            "\"domains\":",
            $"\"resources\": {{ \"valkey\": {{ \"enable\": true, \"passwordFile\": \"{PasswordFile}\" }} }},\n  \"domains\":",
            StringComparison.Ordinal
        ),
        Files = [(PasswordFile, "of the administrator alone\n")],
    };

    [HostFact]
    public Task An_application_counts_in_its_own_cache_and_no_other_user_gets_at_it() =>
        TestHost.With(
            WithValkey,
            async host =>
            {
                await StartValkey(host);
                var hello = await TestRepository.Create(host);
                var other = await TestRepository.Create(host, "other");
                await hello.Release("main", Counter("1"));
                await other.Release("main", Counter("1"));

                await host.UntilServed(Page, "visit 1");
                await host.UntilServed(Page, "visit 2");
                await host.UntilServed(OtherPage, "visit 1");

                var asked = await host.Try($"{AsAnother} valkey-cli -s {Socket} KEYS '*' 2>&1");
                Assert.Contains("NOAUTH", asked.Output, StringComparison.Ordinal);
                var password = await Password(host);
                foreach (
                    var place in new[]
                    {
                        "systemctl show 'kennel-hello-main-hello-*'",
                        $"{AsAnother} cat /proc/$(systemctl show --value -p MainPID 'kennel-hello-main-hello-*')/environ",
                        "cat /run/systemd/transient/kennel-hello-main-hello-*",
                        "journalctl --no-pager",
                        "kennel plan --json",
                        "cat /var/lib/kennel/kennel.db*",
                    }
                )
                    Assert.DoesNotContain(password, (await host.Try(place)).Output, StringComparison.Ordinal);
            }
        );

    [HostFact]
    public Task A_release_keeps_the_cache_and_a_removal_leaves_nothing_of_it() =>
        TestHost.With(
            WithValkey,
            async host =>
            {
                await StartValkey(host);
                var hello = await TestRepository.Create(host);
                await hello.Release("main", Counter("1"));
                await host.UntilServed(Page, "visit 1");
                await hello.Release("main", Counter("2"));
                await host.UntilServed(Page, "visit 2");
                await Say(host, "-n 5 SET foreign 1");

                await host.Kennel("remove", "hello", "main");
                await TestHost.Until(
                    "the cache is gone",
                    async () => await Say(host, "INFO keyspace | grep -c ^db") == "1"
                );

                Assert.DoesNotContain("kennel-", await Say(host, "ACL LIST"), StringComparison.Ordinal);
                Assert.Equal("1", await Say(host, "-n 5 GET foreign"));
            }
        );

    private static Task StartValkey(TestHost host) =>
        host.Run(
            $"""
            systemd-run --quiet --unit valkey-on-trial -p RuntimeDirectory=valkey \
                valkey-server --port 0 --unixsocket {Socket} --unixsocketperm 777 --save '' --requirepass "$(cat {PasswordFile})"
            for try in $(seq 50); do test -S {Socket} && break; sleep 0.1; done
            """
        );

    private static async Task<string> Say(TestHost host, string words) =>
        (await host.Run($"REDISCLI_AUTH=\"$(cat {PasswordFile})\" valkey-cli -s {Socket} {words}")).Trim();

    // Between the user and the host in unix://user:password@host/…
    private static async Task<string> Password(TestHost host) =>
        (
            await host.Run(
                "tr '\\0' '\\n' </proc/$(systemctl show --value -p MainPID 'kennel-hello-main-hello-*')/environ"
                    + " | sed -n 's|^VALKEY_URL=unix://[^:]*:\\([^@]*\\)@.*|\\1|p'"
            )
        ).Trim();

    private static string Counter(string version) =>
        "sed -i 's/resources = \\[ \\];/resources = [ \"valkey\" ];/' flake.nix\n"
        + Edit.Program(
            version,
            """
            #!/usr/bin/perl
            use strict;
            use warnings;
            use IO::Socket::INET;
            use IO::Socket::UNIX;
            my ( $user, $password, $path, $number ) =
                $ENV{VALKEY_URL} =~ m{^unix://([^:]+):([^@]+)@[^/]*(/[^?]+)\?db=(\d+)$} or die "VALKEY_URL is not there\n";
            my $cache = IO::Socket::UNIX->new( Peer => $path ) or die "no Valkey: $!\n";
            sub say_to { print $cache "$_[0]\r\n"; my $answer = <$cache>; $answer =~ s/\s+$//; return $answer; }
            say_to("AUTH $user $password") eq '+OK' or die "not let in\n";
            say_to("SELECT $number") eq '+OK' or die "not this database\n";
            my $server = IO::Socket::INET->new( LocalAddr => "$ENV{HOST}:$ENV{PORT}", Listen => 128, ReuseAddr => 1 )
                or die "cannot listen: $@\n";
            while (1) {
                my $connection = $server->accept or next;
                local $/ = "\r\n\r\n";
                my $head = <$connection> // next;
                local $/ = "\n";
                my $text = $head =~ m{^GET / } ? 'visit ' . substr( say_to('INCR visits'), 1 ) . "\n" : "well\n";
                print $connection "HTTP/1.1 200 OK\r\nContent-Length: " . length($text) . "\r\nConnection: close\r\n\r\n$text";
                close $connection;
            }
            """
        );
}
