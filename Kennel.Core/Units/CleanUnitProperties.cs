using Kennel.Core.Domain;

namespace Kennel.Core.Units;

/// <summary>
/// The unit that removes a removed branch's state directories: user kennel cannot, for they belong to users that
/// exist only while a unit runs.
/// </summary>
public static class CleanUnitProperties
{
    /// <summary>Removes the data first and the link to it last, so that the link tells whether anything is left.</summary>
    /// <param name="instance">The mark.</param>
    /// <param name="title">The branch, for people.</param>
    /// <param name="directories">Names below <c>/var/lib/knl</c>.</param>
    public static Seq<UnitProperty> Of(InstanceId instance, string title, Seq<string> directories) =>
        Seq(
            new UnitProperty("Description", new UnitValue.Text($"Kennel removes the data of {title} [{instance}]")),
            new UnitProperty("Type", new UnitValue.Text("oneshot")),
            new UnitProperty("Slice", new UnitValue.Text("kennel.slice")),
            new UnitProperty("ExecStart", new UnitValue.Commands(directories.Bind(Remove))),
            new UnitProperty("ProtectSystem", new UnitValue.Text("strict")),
            new UnitProperty("ReadWritePaths", new UnitValue.Texts(Seq("-/var/lib/private/knl", "-/var/lib/knl"))),
            new UnitProperty("PrivateNetwork", new UnitValue.Flag(true)),
            new UnitProperty("PrivateTmp", new UnitValue.Flag(true)),
            new UnitProperty("NoNewPrivileges", new UnitValue.Flag(true)),
            new UnitProperty("TimeoutStartUSec", new UnitValue.Large(600_000_000))
        );

    private static Seq<CommandLine> Remove(string directory) =>
        Seq(Remove("/var/lib/private/knl", directory), Remove("/var/lib/knl", directory));

    private static CommandLine Remove(string parent, string directory) =>
        new("/bin/rm", Seq("rm", "-rf", "--one-file-system", "--", $"{parent}/{directory}"), false);
}
