using Kennel.Core.Views;
using Kennel.Shell.Commands;

namespace Kennel.Tests.Commands;

public sealed class RoleProgramTests
{
    private static readonly DatabaseView View = new(
        "hello",
        "main",
        "prod",
        "kennel_hello_main",
        "knl-00000000000000aa",
        "/run/postgresql",
        "present",
        "/var/lib/kennel/backups",
        Seq<DumpView>()
    );

    [Fact]
    public void A_shell_runs_as_the_user_of_the_branch_and_on_a_terminal_only_where_there_is_one()
    {
        Assert.Equal(
            "--pty --wait --quiet --collect --property=User=knl-00000000000000aa --property=DynamicUser=yes "
                + "--property=PrivateNetwork=yes -- psql --no-password --host=/run/postgresql --dbname=kennel_hello_main",
            string.Join(' ', RoleProgram.Shell(View, isTerminal: true).Arguments)
        );
        Assert.Equal("--pipe", RoleProgram.Shell(View, isTerminal: false).Arguments[0]);
    }

    [Fact]
    public void A_restore_is_all_or_nothing_and_gives_nobody_anything()
    {
        var arguments = RoleProgram.Restore(View).Arguments;

        Assert.Contains("--property=User=knl-00000000000000aa", arguments);
        Assert.All(
            Seq("--single-transaction", "--exit-on-error", "--no-owner", "--no-acl"),
            option => Assert.Contains(option, arguments)
        );
    }
}
