using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>Registered repositories, for people.</summary>
public static class ProjectText
{
    public static Seq<Line> Lines(Seq<ProjectView> projects) =>
        projects.IsEmpty
            ? Seq1(Line.Of("No projects. kennel project add NAME CLONE-URL registers one."))
            : Columns.Of(
                Seq("PROJECT", "DEFAULT BRANCH", "OWNER", "CLONE URL"),
                projects.Map(project =>
                    Seq(
                        new Span(project.Name, Tone.Strong),
                        new Span(project.DefaultBranch),
                        new Span(project.Owner.IfNone("-")),
                        new Span(project.CloneUrl)
                    )
                )
            );

    /// <summary>After a registration.</summary>
    public static Seq<Line> Registered(ProjectView project) =>
        Joined(
            Seq1(Line.Of($"Registered {project.Name}.")),
            project.Webhook.ToSeq().Bind(WebhookText.Made),
            Seq1(Line.Of($"Deploy it now with: kennel deploy {project.Name} {project.DefaultBranch}", Tone.Faint))
        );

    /// <summary>After a removal.</summary>
    public static Seq<Line> Removed(ProjectView project) =>
        Line.Of($"{project.Name} is being removed; kennel plan shows what is left to do.")
            .Cons(project.Webhook.ToSeq().Map(WebhookText.Removed));

    public static Seq<Line> Lines(ProjectDetailsView it) =>
        Joined(
            Seq(
                Line.Of(it.Project.Name, Tone.Strong),
                Field("clone URL", it.Project.CloneUrl),
                Field("owner", it.Project.Owner.IfNone("-")),
                Field("default branch", it.Project.DefaultBranch),
                Field("environments", string.Join(", ", it.Project.Environments)),
                Field("repository id", it.Project.RepositoryId.Map(id => $"{id}").IfNone("not known yet")),
                Field("registered", Words.When(it.Project.CreatedAt)),
                Field("webhook", it.TargetUrl),
                Field("secret", Secret(it))
            ),
            it.Project.SecretsProject.ToSeq().Map(name => Field("secrets of", name)),
            it.Expiry.ToSeq()
                .Bind(expiry =>
                    Seq(
                        Field("hibernation", RestText.Period(expiry.HibernateAfter)),
                        Field("removal", RestText.Period(expiry.RemoveAfter))
                    )
                ),
            DeliveryText.Section(it.Refused),
            DeliveryText.Section(it.Deliveries)
        );

    private static string Secret(ProjectDetailsView it) =>
        it.SecretFile.Match(
            path => it.HasOwnSecret ? path : $"{path} (that of all webhooks)",
            () => "none: register it again with the same words, and it gets one"
        );

    private static Line Field(string name, string value) =>
        Line.Of(new Span($"  {name, -14} ", Tone.Faint), new Span(Line.Clean(value)));
}
