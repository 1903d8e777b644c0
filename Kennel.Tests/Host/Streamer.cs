namespace Kennel.Tests.Host;

/// <summary>
/// A service for tests of connections that last: <c>/ticks</c> upgrades and then says a number again and again,
/// <c>/slow</c> is a page that takes its time, and a POST is answered with the number of bytes that came.
/// </summary>
internal static class Streamer
{
    /// <summary>The edit that puts it in the place of the example's service.</summary>
    public static string At(string version) => Edit.Program(version, Program);

    /// <summary>How many lines <c>/slow</c> has, five a second.</summary>
    public const int SlowLines = 300;

    private const string Program = """
        #!/usr/bin/perl
        use strict;
        use warnings;
        use IO::Socket::INET;
        my $version = '@version@';
        my $server = IO::Socket::INET->new( LocalAddr => "$ENV{HOST}:$ENV{PORT}", Listen => 1024, ReuseAddr => 1 )
            or die "cannot listen: $@\n";
        $SIG{CHLD} = 'IGNORE';
        while (1) {
            my $connection = $server->accept or next;
            if ( !fork ) { serve($connection); exit 0 }
            close $connection;
        }
        sub say_page {
            my ( $connection, $text ) = @_;
            syswrite $connection,
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " . length($text) . "\r\n\r\n$text";
        }
        sub serve {
            my ($connection) = @_;
            my $head = '';
            while ( $head !~ /\r\n\r\n/ ) { sysread( $connection, $head, 65536, length $head ) or return }
            my ($length) = $head =~ /^content-length:\s*(\d+)/im;
            my ($body) = $head =~ /\r\n\r\n(.*)\z/s;
            while ( length $body < ( $length // 0 ) ) { sysread( $connection, $body, 65536, length $body ) or return }
            my ( $method, $path ) = $head =~ m{^(\S+) ([^\s?]+)};
            return say_page( $connection, length($body) . " bytes\n" ) if $method eq 'POST';
            if ( $path eq '/ticks' ) {
                syswrite $connection, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
                for ( my $tick = 0; syswrite $connection, "tick $tick\n"; $tick++ ) { select undef, undef, undef, 0.2 }
                return;
            }
            return say_page( $connection, $path eq '/health' ? "ok\n" : "hello, version $version\n" ) if $path ne '/slow';
            syswrite $connection, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " . 300 * 10 . "\r\n\r\n";
            for my $line ( 1 .. 300 ) {
                syswrite $connection, sprintf( "line %04d\n", $line );
                select undef, undef, undef, 0.2;
            }
        }
        """;
}
