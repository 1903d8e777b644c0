namespace Kennel.Shell.Systemd;

/// <summary>The address of one D-Bus method.</summary>
/// <param name="Destination">The bus name of who is asked.</param>
/// <param name="Path">The object.</param>
/// <param name="Interface">The interface.</param>
/// <param name="Member">The method.</param>
internal readonly record struct BusMethod(string Destination, string Path, string Interface, string Member)
{
    internal const string Systemd = "org.freedesktop.systemd1";

    /// <summary>A method of systemd itself.</summary>
    internal static BusMethod OfSystemd(string member) =>
        new(Systemd, "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", member);

    /// <summary>A method on the properties of an object of systemd's.</summary>
    internal static BusMethod OfProperties(string path, string member) =>
        new(Systemd, path, "org.freedesktop.DBus.Properties", member);
}

/// <summary>Puts a call's arguments into its message. Runs on the bus's own thread.</summary>
internal delegate void WriteBody(MessageWriter writer);

/// <summary>Reads a reply. Runs on the bus's own thread, before any later message is looked at.</summary>
internal delegate T ReadBody<out T>(MessageReader reader);
