using System.Globalization;
using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>Small pieces that several texts share.</summary>
internal static class Words
{
    private const int CommitLength = 10;

    public static string When(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Commit(string commit) => commit.Length > CommitLength ? commit[..CommitLength] : commit;

    public static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";

    public static Tone ToneOf(string state) =>
        state switch
        {
            "live" or "done" or "accepted" => Tone.Good,
            "failed" or "down" or "behind" or "unrouted" or "rejected" or "lost" => Tone.Bad,
            "queued" or "building" or "built" or "starting" or "updating" or "replacing" or "waking" => Tone.Busy,
            _ => Tone.Plain,
        };

    public static Seq<Line> Section(string title, Seq<Line> lines) =>
        lines.IsEmpty ? lines : Line.Empty.Cons(Line.Of(title, Tone.Strong).Cons(lines.Map(line => line.Indented(2))));

    /// <summary>What waits, what is blocked and what belongs to nobody, each under its title.</summary>
    public static Seq<Line> Notes(Seq<NoteView> notes) =>
        Joined(
            Section("Blocked", Notes(notes, "blocked", Tone.Bad)),
            Section("Waiting", Notes(notes, "waiting", Tone.Busy)),
            Section("Orphans", Notes(notes, "orphan", Tone.Busy))
        );

    public static Seq<Line> Unseen(Seq<UnseenView> unseen) =>
        Section(
            "Could not be looked at",
            unseen.Map(it => Line.Of(new Span(it.System, Tone.Bad), new Span($": {Line.Clean(it.Reason)}")))
        );

    private static Seq<Line> Notes(Seq<NoteView> notes, string kind, Tone tone) =>
        notes
            .Filter(note => note.Kind == kind)
            .Bind(note =>
                Line.Of(
                        new Span(Line.Clean(note.Subject), tone),
                        new Span($": {Line.Clean(note.What)}"),
                        new Span(note.Until.Match(at => $" (until {When(at)})", () => ""), Tone.Faint)
                    )
                    .Cons(note.Remedy.ToSeq().Map(remedy => Line.Of(remedy, Tone.Faint).Indented(2)))
            );
}
