using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>The secrets of a branch, for people.</summary>
public static class SecretText
{
    private static readonly Seq<string> Headers = Seq("NAME", "PRESENCE", "NEED", "GIVEN AS", "SOURCE");

    public static Seq<Line> Lines(SecretsView view) =>
        view.Secrets.IsEmpty
            ? Seq1(Line.Of($"{view.Project}/{view.Branch} is given no secrets."))
            : Joined(
                Seq1(
                    Line.Of(
                        $"{view.Project}/{view.Branch}, profile {view.Profile.IfNone("")}, as build {view.Build.IfNone(0)} read them:"
                    )
                ),
                Columns.Of(Headers, view.Secrets.Map(Row))
            );

    private static Seq<Span> Row(SecretView secret) =>
        Seq(
            new Span(secret.Name, Tone.Strong),
            new Span(secret.Presence, secret.Presence == "absent" ? Tone.Faint : Tone.Plain),
            new Span(secret.IsRequired ? "required" : "optional"),
            new Span(secret.IsFile ? "file" : "variable"),
            new Span(secret.Source)
        );
}
