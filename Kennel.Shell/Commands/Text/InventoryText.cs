using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>All that carries Kennel's mark, for people.</summary>
public static class InventoryText
{
    public static Seq<Line> Lines(InventoryView inventory) =>
        Joined(
            inventory.Items.IsEmpty
                ? Seq1(Line.Of(inventory.Unseen.IsEmpty ? "Nothing." : "Nothing that could be seen."))
                : Owned(inventory.Items),
            Words.Unseen(inventory.Unseen)
        );

    private static Seq<Line> Owned(Seq<InventoryItem> items)
    {
        var groups = items.GroupBy(item => item.Owner.IfNone("Orphans: no row of this database owns them"));
        return groups
            .Select((group, index) => Group(group.Key, group.ToSeq(), isFirst: index == 0))
            .ToSeq()
            .Bind(lines => lines);
    }

    private static Seq<Line> Group(string owner, Seq<InventoryItem> items, bool isFirst)
    {
        var width = items.Map(item => item.Kind.Length).Max();
        var lines = items.Map(item =>
            Line.Of(
                new Span($"  {item.Kind.PadRight(width)}  ", Tone.Faint),
                new Span(Line.Clean(item.Name)),
                new Span(item.Detail.Length > 0 ? $"  ({Line.Clean(item.Detail)})" : "", Tone.Faint)
            )
        );
        var title = Line.Of(owner, items.Exists(item => item.Owner.IsNone) ? Tone.Bad : Tone.Strong).Cons(lines);
        return isFirst ? title : Line.Empty.Cons(title);
    }
}
