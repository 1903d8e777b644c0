using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>Databases and their dumps, for people.</summary>
internal static class DatabaseText
{
    public static Seq<Line> Dumped(DatabaseView view, DumpView dump) =>
        Seq1(
            Line.Of(
                $"{view.Project}/{view.Branch} is dumped: {view.DumpDirectory}/{dump.Name} ({dump.SizeBytes.IfNone(0)} bytes)",
                Tone.Good
            )
        );

    public static Seq<Line> Reset(DatabaseView view) =>
        Seq1(
            Line.Of(
                $"The database {view.Database} goes{(view.IsPrecious ? ", after it is dumped," : "")} and is made anew; "
                    + $"then {view.Project}/{view.Branch} is redeployed on it. Follow it: kennel why {view.Project}/{view.Branch}"
            )
        );

    public static Seq<Line> Restored(DatabaseView view) =>
        Seq1(Line.Of($"{view.Database} has what the dump has. Services may need kennel restart.", Tone.Good));
}
