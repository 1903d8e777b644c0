namespace Kennel.Core.Units;

/// <summary>
/// One property of a transient unit as systemd's D-Bus interface takes it: bus names (<c>RestartUSec</c>, not
/// <c>RestartSec</c>) and typed values. Source: org.freedesktop.systemd1(5).
/// </summary>
/// <param name="Name">The bus name of the property.</param>
/// <param name="Value">The typed value.</param>
public sealed record UnitProperty(string Name, UnitValue Value);

/// <summary>The value of a unit property; each case is one D-Bus signature.</summary>
public abstract record UnitValue
{
    private UnitValue() { }

    /// <summary>Signature <c>s</c>.</summary>
    public sealed record Text(string Value) : UnitValue;

    /// <summary>Signature <c>b</c>.</summary>
    public sealed record Flag(bool Value) : UnitValue;

    /// <summary>Signature <c>i</c>.</summary>
    public sealed record Signed(int Value) : UnitValue;

    /// <summary>Signature <c>u</c>: counts, modes.</summary>
    public sealed record Count(uint Value) : UnitValue;

    /// <summary>Signature <c>t</c>: microseconds, bytes, weights.</summary>
    public sealed record Large(ulong Value) : UnitValue;

    /// <summary>Signature <c>as</c>.</summary>
    public sealed record Texts(Seq<string> Values) : UnitValue;

    /// <summary>Signature <c>aay</c>: journal fields, <c>NAME=value</c> each.</summary>
    public sealed record ByteTexts(Seq<string> Values) : UnitValue;

    /// <summary>Signature <c>a(sasb)</c>: command lines; an argument is passed on as it is, with no expansion.</summary>
    public sealed record Commands(Seq<CommandLine> Values) : UnitValue;

    /// <summary>Signature <c>a(sb)</c>: environment files; the flag lets a missing one pass.</summary>
    public sealed record Files(Seq<OptionalFile> Values) : UnitValue;

    /// <summary>Signature <c>(bas)</c>: an allow list or, when <paramref name="Allow"/> is false, a deny list.</summary>
    public sealed record Filter(bool Allow, Seq<string> Values) : UnitValue;

    /// <summary>Signature <c>a(ssbt)</c>: bind mounts.</summary>
    public sealed record Binds(Seq<BindMount> Values) : UnitValue;

    /// <summary>Signature <c>a(ss)</c>: pairs such as temporary file systems with their options.</summary>
    public sealed record Pairs(Seq<TextPair> Values) : UnitValue;
}

/// <summary>A command with its arguments; the first argument is the name the program sees itself called by.</summary>
/// <param name="Path">The absolute path of the program.</param>
/// <param name="Arguments">All arguments, the zeroth included.</param>
/// <param name="IgnoreFailure">Whether a failing command counts as a success.</param>
public sealed record CommandLine(string Path, Seq<string> Arguments, bool IgnoreFailure);

/// <summary>A file that may be allowed to be absent.</summary>
public sealed record OptionalFile(string Path, bool MayBeMissing);

/// <summary>A bind mount of a unit.</summary>
/// <param name="Source">Path on the host.</param>
/// <param name="Destination">Path in the unit.</param>
/// <param name="MayBeMissing">Whether a missing source is passed over.</param>
public sealed record BindMount(string Source, string Destination, bool MayBeMissing);

/// <summary>Two texts that belong together.</summary>
public sealed record TextPair(string First, string Second);
