using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Core.Units;

/// <summary>What this machine restores dumps with.</summary>
/// <param name="Program">The absolute path of <c>pg_restore</c>.</param>
/// <param name="DumpDirectory">Where dumps are.</param>
public sealed record RestoreHost(string Program, string DumpDirectory)
{
    /// <summary>What holds where nobody looked.</summary>
    public static readonly RestoreHost Default = new("/usr/bin/pg_restore", "/var/lib/kennel/backups");
}

/// <summary>
/// The unit that fills a branch's database with a dump, all of it or nothing. A dump holds whatever an application put
/// there, functions too, and those run as the branch's own user and in its sandbox, never with Kennel's rights. The
/// service manager opens the dump, which that user may not. It stays after it has succeeded, until that is recorded.
/// </summary>
public static class CopyUnit
{
    private const string Identifier = "copy";

    /// <summary>All properties.</summary>
    /// <param name="host">What it restores with.</param>
    /// <param name="socketDirectory">Where PostgreSQL's socket is.</param>
    /// <param name="role">As whom.</param>
    /// <param name="database">Into which database.</param>
    /// <param name="dump">What.</param>
    /// <param name="project">Whose it is.</param>
    /// <param name="branch">Of which branch.</param>
    /// <param name="description">What it is, with the mark.</param>
    /// <param name="timeout">How long it may take.</param>
    public static Seq<UnitProperty> AtStart(
        RestoreHost host,
        string socketDirectory,
        RoleName role,
        DatabaseName database,
        DumpName dump,
        ProjectName project,
        Branch branch,
        string description,
        TimeSpan timeout
    ) =>
        Joined(
            Seq(
                Text("Description", description),
                Text("Type", "oneshot"),
                new UnitProperty("RemainAfterExit", new UnitValue.Flag(true)),
                new UnitProperty(
                    "ExecStart",
                    new UnitValue.Commands(
                        Seq1(new CommandLine(host.Program, Arguments(socketDirectory, database), IgnoreFailure: false))
                    )
                ),
                Text("StandardInputFile", $"{host.DumpDirectory}/{dump}"),
                new UnitProperty("TimeoutStartUSec", new UnitValue.Large((ulong)timeout.TotalMicroseconds)),
                Text("Slice", "kennel-app.slice"),
                Text("User", role.Value),
                Text("SyslogIdentifier", Identifier),
                new UnitProperty(
                    "LogExtraFields",
                    new UnitValue.ByteTexts(
                        Seq(
                            $"KENNEL_PROJECT={project}",
                            $"KENNEL_BRANCH={branch.NamePart}",
                            $"KENNEL_COMPONENT={Identifier}"
                        )
                    )
                ),
                new UnitProperty("PrivateNetwork", new UnitValue.Flag(true))
            ),
            Sandbox.Properties(Relaxations.Default)
        );

    // Comments of extensions that the superuser made are not the branch's to write; a subscription would draw from the
    // publisher of what was copied.
    private static Seq<string> Arguments(string socketDirectory, DatabaseName database) =>
        Seq(
            "pg_restore",
            "--no-owner",
            "--no-acl",
            "--no-comments",
            "--no-publications",
            "--no-subscriptions",
            "--no-security-labels",
            "--single-transaction",
            "--exit-on-error",
            "--no-password",
            $"--host={socketDirectory}",
            $"--dbname={database}"
        );

    private static UnitProperty Text(string name, string value) => new(name, new UnitValue.Text(value));
}
