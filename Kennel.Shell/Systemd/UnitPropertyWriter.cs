using System.Diagnostics;
using Kennel.Core.Units;

namespace Kennel.Shell.Systemd;

/// <summary>Puts unit properties into a message: <c>a(sv)</c>.</summary>
internal static class UnitPropertyWriter
{
    internal static void Write(MessageWriter writer, Seq<UnitProperty> properties)
    {
        writer.Open(BusContainer.Array, "(sv)");
        foreach (var property in properties)
        {
            writer.Open(BusContainer.Struct, "sv");
            writer.Text(property.Name);
            writer.Open(BusContainer.Variant, SignatureOf(property.Value));
            WriteValue(writer, property.Value);
            writer.Close();
            writer.Close();
        }
        writer.Close();
    }

    internal static string SignatureOf(UnitValue value) =>
        value switch
        {
            UnitValue.Text => "s",
            UnitValue.Flag => "b",
            UnitValue.Signed => "i",
            UnitValue.Count => "u",
            UnitValue.Large => "t",
            UnitValue.Texts => "as",
            UnitValue.ByteTexts => "aay",
            UnitValue.Commands => "a(sasb)",
            UnitValue.Files => "a(sb)",
            UnitValue.Filter => "(bas)",
            UnitValue.Binds => "a(ssbt)",
            UnitValue.Pairs => "a(ss)",
            _ => throw new UnreachableException(value.GetType().Name),
        };

    private static void WriteValue(MessageWriter writer, UnitValue value)
    {
        switch (value)
        {
            case UnitValue.Text text:
                writer.Text(text.Value);
                break;
            case UnitValue.Flag flag:
                writer.Flag(flag.Value);
                break;
            case UnitValue.Signed signed:
                writer.Signed(signed.Value);
                break;
            case UnitValue.Count count:
                writer.Count(count.Value);
                break;
            case UnitValue.Large large:
                writer.Large(large.Value);
                break;
            case UnitValue.Texts texts:
                writer.Texts(texts.Values);
                break;
            case UnitValue.ByteTexts texts:
                WriteByteTexts(writer, texts.Values);
                break;
            case UnitValue.Commands commands:
                WriteCommands(writer, commands.Values);
                break;
            case UnitValue.Files files:
                WriteFiles(writer, files.Values);
                break;
            case UnitValue.Filter filter:
                WriteFilter(writer, filter);
                break;
            case UnitValue.Binds binds:
                WriteBinds(writer, binds.Values);
                break;
            case UnitValue.Pairs pairs:
                WritePairs(writer, pairs.Values);
                break;
            default:
                throw new UnreachableException(value.GetType().Name);
        }
    }

    private static void WriteByteTexts(MessageWriter writer, Seq<string> values)
    {
        writer.Open(BusContainer.Array, "ay");
        foreach (var value in values)
        {
            writer.Bytes(value);
        }
        writer.Close();
    }

    private static void WriteCommands(MessageWriter writer, Seq<CommandLine> values)
    {
        writer.Open(BusContainer.Array, "(sasb)");
        foreach (var command in values)
        {
            writer.Open(BusContainer.Struct, "sasb");
            writer.Text(command.Path);
            writer.Texts(command.Arguments);
            writer.Flag(command.IgnoreFailure);
            writer.Close();
        }
        writer.Close();
    }

    private static void WriteFiles(MessageWriter writer, Seq<OptionalFile> values)
    {
        writer.Open(BusContainer.Array, "(sb)");
        foreach (var file in values)
        {
            writer.Open(BusContainer.Struct, "sb");
            writer.Text(file.Path);
            writer.Flag(file.MayBeMissing);
            writer.Close();
        }
        writer.Close();
    }

    private static void WriteFilter(MessageWriter writer, UnitValue.Filter filter)
    {
        writer.Open(BusContainer.Struct, "bas");
        writer.Flag(filter.Allow);
        writer.Texts(filter.Values);
        writer.Close();
    }

    private static void WriteBinds(MessageWriter writer, Seq<BindMount> values)
    {
        // MS_REC: mounts below the source come along, as systemd's own rbind default does.
        const ulong recursive = 16384;
        writer.Open(BusContainer.Array, "(ssbt)");
        foreach (var bind in values)
        {
            writer.Open(BusContainer.Struct, "ssbt");
            writer.Text(bind.Source);
            writer.Text(bind.Destination);
            writer.Flag(bind.MayBeMissing);
            writer.Large(recursive);
            writer.Close();
        }
        writer.Close();
    }

    private static void WritePairs(MessageWriter writer, Seq<TextPair> values)
    {
        writer.Open(BusContainer.Array, "(ss)");
        foreach (var pair in values)
        {
            writer.Open(BusContainer.Struct, "ss");
            writer.Text(pair.First);
            writer.Text(pair.Second);
            writer.Close();
        }
        writer.Close();
    }
}
