using System.Collections.Frozen;

namespace Kennel.Shell.Systemd;

/// <summary>How one property of a unit is read and where it goes.</summary>
/// <param name="Interface">The last part of the interface that has it: <c>Unit</c> or <c>Service</c>.</param>
/// <param name="Name">Its bus name.</param>
/// <param name="Signature">Its signature.</param>
/// <param name="Read">Reads the bare value; gives what puts it in its place.</param>
internal sealed record PropertyReader<T>(string Interface, string Name, string Signature, ReadBody<Func<T, T>> Read)
{
    internal static PropertyReader<T> Of<TValue>(
        string @interface,
        string name,
        string signature,
        ReadBody<TValue> read,
        Func<T, TValue, T> put
    ) =>
        new(
            @interface,
            name,
            signature,
            reader =>
            {
                var value = read(reader);
                return target => put(target, value);
            }
        );

    internal void WriteGet(MessageWriter writer)
    {
        writer.Text($"org.freedesktop.systemd1.{Interface}");
        writer.Text(Name);
    }

    internal Func<T, T> ReadVariant(MessageReader reader)
    {
        reader.Enter(BusContainer.Variant, Signature);
        var put = Read(reader);
        reader.Exit();
        return put;
    }

    /// <summary>Reads the answer to GetAll, <c>a{sv}</c>; properties that are not in the table are passed over.</summary>
    internal static T ReadAll(FrozenDictionary<string, PropertyReader<T>> table, T target, MessageReader reader)
    {
        reader.Enter(BusContainer.Array, "{sv}");
        while (reader.Enter(BusContainer.Entry, "sv"))
        {
            if (table.TryGetValue(reader.Text(), out var property))
            {
                target = property.ReadVariant(reader)(target);
            }
            else
            {
                reader.Skip("v");
            }
            reader.Exit();
        }
        reader.Exit();
        return target;
    }
}

/// <summary>What systemd's raw numbers mean; unset is none.</summary>
internal static class PropertyValues
{
    internal static Option<string> Hexadecimal(byte[] bytes) =>
        bytes.Length == 0 ? None : Convert.ToHexStringLower(bytes);

    internal static Option<string> NonEmpty(string text) => text.Length == 0 ? None : text;

    internal static Option<uint> NonZero(uint number) => number == 0 ? None : number;

    internal static Option<uint> Set(uint number) => number == uint.MaxValue ? None : number;

    internal static Option<ulong> Set(ulong number) => number == ulong.MaxValue ? None : number;

    internal static Option<DateTimeOffset> Time(ulong microseconds) =>
        Span(microseconds).Map(span => DateTimeOffset.UnixEpoch + span);

    internal static Option<TimeSpan> Span(ulong microseconds) =>
        microseconds is 0 or ulong.MaxValue ? None : TimeSpan.FromMicroseconds((long)microseconds);
}
