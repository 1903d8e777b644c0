namespace Kennel.Tests.Host;

/// <summary>A branch has a valkey-server of its own: for its own services, and for as long as it is there.</summary>
public sealed class CacheInstanceTests
{
    private const string Page = "hello-main." + TestHost.Domain;
    private const string OtherPage = "other-main." + TestHost.Domain;
    private const string Units = "kennel-cache-*";
    private const string Count = "find /run -maxdepth 1 -name 'kennel-cache-*' | wc -l";

    private static readonly HostOptions WithInstances = new()
    {
        Configuration = new HostOptions().Configuration.Replace(
            "\"domains\":",
            "\"resources\": { \"valkey\": { \"enable\": true, \"mode\": \"instance\" } },\n  \"domains\":",
            StringComparison.Ordinal
        ),
    };

    [HostFact]
    public Task Each_branch_counts_in_its_own_server_that_nobody_else_reaches_and_that_goes_with_it() =>
        TestHost.With(
            WithInstances,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                var other = await TestRepository.Create(host, "other");
                await hello.Release("main", Counter("1"));
                await other.Release("main", Counter("1"));
                await host.UntilServed(Page, "visit 1");
                await host.UntilServed(Page, "visit 2");
                await host.UntilServed(OtherPage, "visit 1");
                await OnlyTheOwnUserGetsIn(host);

                await hello.Release("main", Counter("2"));
                await host.UntilServed(Page, "visit 3");
                Assert.Contains("kennel-cache-", await host.Kennel("inventory"), StringComparison.Ordinal);

                await host.Kennel("remove", "hello", "main");
                await TestHost.Until("one server is left", async () => (await host.Run(Count)).Trim() == "1");
                await host.UntilServed(OtherPage, "visit 2");
                await host.Kennel("remove", "other", "main");
                await TestHost.Until("no server is left", async () => (await host.Run(Count)).Trim() == "0");
                await TestHost.Until(
                    "nothing of both is left",
                    async () =>
                        !(await host.Kennel("inventory")).Contains("kennel-", StringComparison.Ordinal)
                        && (await host.Run($"systemctl list-units --all --plain --no-legend '{Units}'")).Trim() == ""
                );
            }
        );

    [HostFact]
    public Task It_comes_back_after_a_kill_and_a_reboot_and_sleeps_and_wakes_with_its_branch() =>
        TestHost.With(
            WithInstances,
            async host =>
            {
                var hello = await TestRepository.Create(host);
                await hello.Release("main", Counter("1"));
                await host.UntilServed(Page, "visit 1");

                // systemd starts it again; the service opens its connection anew.
                await host.Run($"systemctl kill --signal KILL '{Units}'");
                await host.UntilServed(Page, "visit 1");

                await host.Reboot();
                await host.UntilServed(Page, "visit 1");
                await host.UntilServed(Page, "visit 2");

                await host.Kennel("hibernate", "hello/main");
                await TestHost.Until("its server sleeps too", async () => (await host.Run(Count)).Trim() == "0");
                await host.Kennel("wake", "hello/main", "--wait");
                await host.UntilServed(Page, "visit 1");
            }
        );

    // As another deployment could try: with the sandbox and the user of the other one, and as a user of no branch.
    private static async Task OnlyTheOwnUserGetsIn(TestHost host)
    {
        var socket = (await host.Run("echo /run/kennel-cache-*/valkey.sock | cut -d ' ' -f 1")).Trim();
        var owner = (await host.Run($"stat -c %U $(dirname {socket})")).Trim();
        Assert.Equal("700", (await host.Run($"stat -c %a $(dirname {socket})")).Trim());
        var users = (await host.Run("stat -c %U /run/kennel-cache-* | sort -u")).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        Assert.Equal(2, users.Length);
        foreach (var user in users.Append("knl-ffffffffffffffff").Where(user => user != owner))
        {
            var tried = await host.Try(Ask(user, socket));
            Assert.Contains("Permission denied", tried.Output, StringComparison.Ordinal);
        }
        Assert.Contains("visits", (await host.Run(Ask(owner, socket))), StringComparison.Ordinal);
        Assert.DoesNotContain("valkey", await host.Run("ss --tcp --listening --processes"), StringComparison.Ordinal);
    }

    private static string Ask(string user, string socket) =>
        $"systemd-run --quiet --pipe --wait -p DynamicUser=yes -p User={user} valkey-cli -s {socket} KEYS '*' 2>&1";

    private static string Counter(string version) =>
        $$"""
            {{Program(version)}}
            sed -i 's/resources = \[ \];/resources = [ "valkey" ];/' flake.nix
            """;

    private static string Program(string version) =>
        Edit.Program(
            version,
            """
            #!/usr/bin/perl
            use strict;
            use warnings;
            use IO::Socket::INET;
            use IO::Socket::UNIX;
            my ($path) = $ENV{VALKEY_URL} =~ m{^unix://(/[^?]+)\?db=0$} or die "VALKEY_URL is not there\n";
            $ENV{REDIS_URL} eq $ENV{VALKEY_URL} or die "REDIS_URL is another\n";
            IO::Socket::UNIX->new( Peer => $path ) or die "its server does not run yet: $!\n";
            sub count {
                my $cache = IO::Socket::UNIX->new( Peer => $path ) or return "no Valkey: $!\n";
                print $cache "INCR visits\r\n";
                my $answer = <$cache> // return "no answer\n";
                $answer =~ s/\s+$//;
                return 'visit ' . substr( $answer, 1 ) . "\n";
            }
            my $server = IO::Socket::INET->new( LocalAddr => "$ENV{HOST}:$ENV{PORT}", Listen => 128, ReuseAddr => 1 )
                or die "cannot listen: $@\n";
            while (1) {
                my $connection = $server->accept or next;
                local $/ = "\r\n\r\n";
                my $head = <$connection> // next;
                local $/ = "\n";
                my $text = $head =~ m{^GET / } ? count() : "well\n";
                print $connection "HTTP/1.1 200 OK\r\nContent-Length: " . length($text) . "\r\nConnection: close\r\n\r\n$text";
                close $connection;
            }
            """
        );
}
