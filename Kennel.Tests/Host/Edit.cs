namespace Kennel.Tests.Host;

/// <summary>Shell scripts that change a copy of examples/hello.</summary>
internal static class Edit
{
    /// <summary>Another version, which the service answers with.</summary>
    public static string Version(string version) => $"sed -i 's/version = \"1\";/version = \"{version}\";/' flake.nix";

    /// <summary>Another program in the place of the service.</summary>
    public static string Program(string version, string script) =>
        $"{Version(version)}\ncat >hello <<'PROGRAM'\n{script}\nPROGRAM";

    /// <summary>A small flake in the place of the example: one site that says something; its build runs a script first.</summary>
    public static string Site(string text, string script = "true") =>
        $$"""
            rm -r ./*
            cat >flake.nix <<'FLAKE'
            {
              outputs = _: {
                kennel = { version = 1; static_sites.site = { }; };
                packages = builtins.mapAttrs (system: _: {
                  site = derivation {
                    inherit system;
                    name = "site";
                    builder = "/bin/sh";
                    args = [ "-euc" ''{{script}}; mkdir $out; echo '{{text}}' >$out/index.html'' ];
                  };
                }) { x86_64-linux = null; aarch64-linux = null; };
              };
            }
            FLAKE
            """;

    /// <summary>A service that takes a second to start, and says by which method how many bytes came.</summary>
    public static string Counter(string version) =>
        Program(
            version,
            """
            #!/usr/bin/perl
            use strict;
            use warnings;
            use IO::Socket::INET;
            $SIG{CHLD} = 'IGNORE';
            sleep 1;
            my $server = IO::Socket::INET->new( LocalAddr => "$ENV{HOST}:$ENV{PORT}", Listen => 128, ReuseAddr => 1 )
                or die "cannot listen: $@\n";
            while (1) {
                my $connection = $server->accept or next;
                if ( fork ) { close $connection; next; }
                local $/ = "\r\n\r\n";
                my $head = <$connection> // exit;
                my ($method) = $head =~ m{^(\S+) };
                my ($length) = $head =~ m{^content-length:\s*(\d+)}im;
                my $left = $length // 0;
                while ( $left > 0 ) {
                    my $came = read $connection, my $part, $left > 65536 ? 65536 : $left;
                    last if !$came;
                    $left -= $came;
                }
                my $text = sprintf "%s %d bytes\n", $method, ( $length // 0 ) - $left;
                print $connection "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " . length($text) . "\r\n\r\n$text";
                exit;
            }
            """
        );

    /// <summary>A build that takes its time.</summary>
    public static string SlowBuild(string version, int seconds) =>
        $"{Version(version)}\nsed -i 's|mkdir -p $out/bin|sleep {seconds}; &|' flake.nix";

    /// <summary>The service alone, without the site.</summary>
    public static string ServiceOnly(string version) =>
        $"{Version(version)}\nsed -i '/static_sites.site = {{/,/}};/d' flake.nix";

    /// <summary>A service that never becomes ready: its health is an error.</summary>
    public static string Unhealthy(string version) => $"{Version(version)}\nsed -i \"s|'/health'|'/well'|\" hello";

    /// <summary>A whole new flake: this manifest, and a package for each name that serves its name and version.</summary>
    public static string Services(int count, string version) =>
        $$$"""
            cat >flake.nix <<'FLAKE'
            {
              outputs = _: let
                names = builtins.genList (n: "s${toString n}") {{{count}}};
                each = list: make: builtins.listToAttrs (map (name: { inherit name; value = make name; }) list);
              in {
                kennel = { version = 1; services = each names (_: { ready.path = "/health"; }); };
                packages = each [ "x86_64-linux" "aarch64-linux" ] (system: each names (name: derivation {
                  inherit system name;
                  builder = "/bin/sh";
                  args = [ "-euc" ''
                    mkdir -p $out/bin
                    sed 's/@version@/{{{version}}} of ${name}/' ${./hello} >$out/bin/${name}
                    chmod +x $out/bin/${name}
                  '' ];
                }));
              };
            }
            FLAKE
            """;

    /// <summary>A line of Perl in the service, before it listens; without single quotes.</summary>
    public static string Line(string perl) => $"sed -i '/^use IO::Socket::INET/a {perl}' hello";

    /// <summary>What the manifest says of the service, as Nix attributes; there is no site.</summary>
    public static string Service(string attributes) =>
        Manifest($"{{ version = 1; services.hello = {{ {attributes} }}; }}");

    /// <summary>A release with a command to run before it, a shell script; and what else the manifest says.</summary>
    public static string Step(string version, string script, string attributes = "") =>
        $$"""
            {{Version(version)}}
            {{Service($"ready.path = \"/health\"; preDeploy = [ \"bin/migrate\" \"--all\" \"$HOME\" ]; {attributes}")}}
            cat >migrate <<'STEP'
            #!/bin/sh
            {{script}}
            STEP
            sed -i 's|chmod +x $out/bin/hello|&; cp ${./migrate} $out/bin/migrate; chmod +x $out/bin/migrate|' flake.nix
            """;

    /// <summary>Another manifest, as a Nix expression on one line and without single quotes.</summary>
    public static string Manifest(string expression) =>
        $"sed -i '/^      kennel = {{$/,/^      }};$/c\\      kennel = {expression};' flake.nix";
}
