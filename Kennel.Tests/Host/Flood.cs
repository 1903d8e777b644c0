using Kennel.Core.Views;

namespace Kennel.Tests.Host;

/// <summary>Many repositories and many deliveries at once. What takes long one by one is done by scripts on the host.</summary>
internal sealed class Flood(TestHost host)
{
    private const string Directory = "/srv";

    // Functions for the scripts: commit a small flake that is one site with a text, and note a delivery for later.
    private const string Functions = """
        set -euo pipefail
        export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@localhost GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@localhost
        make() {
            [ -d "$1.git" ] || git init --quiet --bare --initial-branch main "$1.git"
            [ -d "$1" ] || git clone --quiet "$1.git" "$1" 2>/dev/null
        }
        commit() {
            sed "s/@text@/$2/" >"$1/flake.nix" <<'FLAKE'
        {
          outputs = _: {
            kennel = { version = 1; static_sites.site = { }; };
            packages = builtins.mapAttrs (system: _: {
              site = derivation {
                inherit system;
                name = "site";
                builder = "/bin/sh";
                args = [ "-euc" "mkdir $out; echo '@text@' >$out/index.html" ];
              };
            }) { x86_64-linux = null; aarch64-linux = null; };
          };
        }
        FLAKE
            git -C "$1" add --all
            git -C "$1" commit --quiet --allow-empty --message "$2"
            git -C "$1" rev-parse HEAD
        }
        push() { git -C "$1" push --quiet --force origin "${@:2}"; }
        note() { echo "$*" >>deliveries; }

        """;

    /// <summary>Runs a script with these functions, where the repositories are.</summary>
    public async Task Prepare(string script)
    {
        await host.Write($"{Directory}/script", Functions + script);
        await host.Run(
            $"chown -R kennel: {Directory}; cd {Directory}; rm -f deliveries; runuser -u kennel -- bash script",
            TimeSpan.FromMinutes(5)
        );
    }

    /// <summary>Registers a repository.</summary>
    public Task Register(string project) => host.Kennel("project", "add", project, $"{Directory}/{project}.git");

    /// <summary>Sends all noted deliveries in any order, many at a time; what finds Kennel down is sent again.</summary>
    public Task Send() =>
        host.Run(
            $$"""
            cd {{Directory}}
            shuf --random-source=/src/README.md deliveries | sed 's|.*|until /src/scripts/deliver & >>answers 2>\&1; do sleep 0.2; done|' >commands
            xargs --arg-file commands --delimiter '\n' --max-procs 50 --max-args 1 bash -c
            """,
            TimeSpan.FromMinutes(5)
        );

    /// <summary>Each delivery that was answered with 202 is in the database, and Kennel has told what came of each.</summary>
    public async Task ExpectEachAccountedFor()
    {
        var accepted = Lines(
            await host.Run(
                $$"""grep --only-matching '^202 {"delivery":"[^"]*"' {{Directory}}/answers | cut -d '"' -f 4"""
            )
        );
        var kept = Lines(
            await host.Run(
                "sqlite3 'file:/var/lib/kennel/kennel.db?mode=ro' 'SELECT delivery FROM deliveries WHERE meaning IS NOT NULL'"
            )
        );
        Assert.NotEmpty(accepted);
        Assert.Empty(accepted.Except(kept, StringComparer.Ordinal));
        Assert.True((await host.Ask<Seq<DeliveryView>>("deliveries")).ForAll(it => it.Meaning.IsSome));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
