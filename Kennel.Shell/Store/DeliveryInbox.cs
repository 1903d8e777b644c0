using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>A delivery whose signature was found good.</summary>
/// <param name="Delivery">The forge's id of it.</param>
/// <param name="Event">The event's name.</param>
/// <param name="Body">The JSON body; it is not kept where the delivery needs nothing.</param>
/// <param name="Project">The project it is for; none where its repository is to register itself.</param>
/// <param name="Message">What it says.</param>
/// <param name="ReceivedAt">When it arrived.</param>
internal sealed record NewDelivery(
    string Delivery,
    string Event,
    string Body,
    Option<ProjectId> Project,
    ForgeMessage Message,
    DateTimeOffset ReceivedAt
);

/// <summary>What became of a delivery in the inbox.</summary>
internal abstract record Receipt
{
    private Receipt() { }

    /// <summary>It is kept.</summary>
    internal sealed record Kept : Receipt;

    /// <summary>One with its id is kept already.</summary>
    internal sealed record Known : Receipt;

    /// <summary>Its repository is not the project's; it is not kept.</summary>
    /// <param name="Repository">The number of the project's own repository, where that is known.</param>
    /// <param name="Other">The project whose repository it is, if any.</param>
    internal sealed record Elsewhere(Option<long> Repository, Option<ProjectName> Other) : Receipt;

    /// <summary>
    /// The number of the project's repository is not known, and the delivery's repository is not where the project is
    /// fetched from; it is not kept.
    /// </summary>
    /// <param name="Project">The project.</param>
    /// <param name="CloneUrl">Where it is fetched from.</param>
    internal sealed record Unlike(ProjectName Project, string CloneUrl) : Receipt;

    /// <summary>The project is being removed or gone; it is not kept.</summary>
    internal sealed record Gone : Receipt;
}

/// <summary>How deliveries come into the table <c>deliveries</c>.</summary>
internal static class DeliveryInbox
{
    internal const int RowsKept = 10_000;

    private const string ProjectColumns =
        "SELECT id, name, clone_url, repository_id, secret_file, removed_at IS NOT NULL FROM projects";

    /// <summary>The project of that name.</summary>
    internal static Option<ListeningProject> Named(Session session, ProjectName name) =>
        session.First($"{ProjectColumns} WHERE name = @name", ReadProject, ("@name", name.Value)).Flatten();

    /// <summary>The project that a delivery seems to be for.</summary>
    internal static Option<ListeningProject> Meant(Session session, RepositoryGlance glance) =>
        glance.Id.Bind(id => OwnerOf(session, id))
        | (glance.Locations.IsEmpty ? None : ProjectChoice.Choose(All(session), glance));

    /// <summary>
    /// Keeps a delivery. The first one for a project tells the number of its repository, by which the project is
    /// known from then on; later ones tell where that repository has moved to.
    /// </summary>
    internal static Receipt Accept(Session session, NewDelivery delivery)
    {
        if (session.Exists("SELECT 1 FROM deliveries WHERE delivery = @id", ("@id", delivery.Delivery)))
            return new Receipt.Known();
        var owner = OwnerOf(session, delivery.Message.Repository.Id);
        var project = delivery.Project | owner.Map(found => found.Id);
        return project
            .Map(id => Refusal(session, id, delivery, owner))
            .Flatten()
            .IfNone(() => Keep(session, delivery, project));
    }

    /// <summary>Forgets the oldest deliveries that were handled, beyond the number that is kept.</summary>
    internal static int Tidy(Session session, int rowsKept) =>
        session.Execute(
            """
            DELETE FROM deliveries WHERE handled_at IS NOT NULL
                AND id <= (SELECT id FROM deliveries ORDER BY id DESC LIMIT 1 OFFSET @count)
            """,
            ("@count", rowsKept)
        );

    private static Option<Receipt> Refusal(
        Session session,
        ProjectId project,
        NewDelivery delivery,
        Option<ListeningProject> owner
    ) =>
        session
            .First($"{ProjectColumns} WHERE id = @id", ReadProject, ("@id", project.Value))
            .Flatten()
            .Match(
                found =>
                    found.IsRemoved ? Some<Receipt>(new Receipt.Gone())
                    : found.Repository.Exists(known => known != delivery.Message.Repository.Id)
                    || owner.Exists(other => other.Id != project)
                        ? Some<Receipt>(new Receipt.Elsewhere(found.Repository, owner.Map(other => other.Name)))
                    : found.Repository.IsNone && !IsFetchedFrom(found.CloneUrl, delivery.Message.Repository)
                        ? Some<Receipt>(new Receipt.Unlike(found.Name, found.CloneUrl))
                    : None,
                () => Some<Receipt>(new Receipt.Gone())
            );

    // A path on this machine is nothing that a forge tells; whoever knows the secret is believed there.
    private static bool IsFetchedFrom(string cloneUrl, ForgeRepository repository) =>
        RepositoryLocation.Of(cloneUrl).Exists(known => known.IsHere || repository.Locations.Contains(known));

    private static Receipt Keep(Session session, NewDelivery delivery, Option<ProjectId> project)
    {
        var news = delivery.Message.News;
        var nothing = news is News.Nothing it ? Some(it.Why) : None;
        session.Execute(
            """
            INSERT INTO deliveries (delivery, event, project, body, reference, received_at, handled_at, meaning)
            VALUES (@delivery, @event, @project, @body, @reference, @received, @handled, @meaning)
            """,
            ("@delivery", delivery.Delivery),
            ("@event", delivery.Event),
            ("@project", project.Map(id => id.Value).OrNull()),
            ("@body", nothing.IsSome ? "" : delivery.Body),
            ("@reference", news.Subject.Map(branch => branch.Reference).OrNull()),
            ("@received", Stored.Time(delivery.ReceivedAt)),
            ("@handled", nothing.IsSome ? Stored.Time(delivery.ReceivedAt) : null),
            ("@meaning", nothing.OrNull())
        );
        project.IfSome(id => Learn(session, id, delivery));
        return new Receipt.Kept();
    }

    private static void Learn(Session session, ProjectId project, NewDelivery delivery)
    {
        var repository = delivery.Message.Repository;
        session.Execute(
            "UPDATE projects SET repository_id = @repository WHERE id = @id AND repository_id IS NULL",
            ("@id", project.Value),
            ("@repository", repository.Id)
        );
        // Under the old name somebody else may make a repository; what is fetched from there must not be deployed. A secret
        // that many repositories share proves no move: whoever knows it could point one project at another's code.
        session
            .First(
                "SELECT clone_url FROM projects WHERE id = @id AND secret_file IS NOT NULL",
                row => row.GetString(0),
                ("@id", project.Value)
            )
            .Bind(url => Relocation.NewUrl(url, repository))
            .IfSome(url =>
                session.Execute(
                    "UPDATE projects SET clone_url = @url WHERE id = @id",
                    ("@id", project.Value),
                    ("@url", url)
                )
            );
    }

    private static Option<ListeningProject> OwnerOf(Session session, long repository) =>
        session.First($"{ProjectColumns} WHERE repository_id = @id", ReadProject, ("@id", repository)).Flatten();

    private static Seq<ListeningProject> All(Session session) =>
        session.Query(ProjectColumns, ReadProject).Somes().ToSeq().Strict();

    // A damaged row is one project's misfortune and is told by those who read for passes.
    private static Option<ListeningProject> ReadProject(SqliteDataReader row) =>
        ProjectName
            .Parse("name", row.GetString(1))
            .ToOption()
            .Map(name => new ListeningProject(
                new ProjectId(row.GetInt64(0)),
                name,
                row.GetString(2),
                row.OptionalNumber(3),
                row.OptionalText(4),
                row.GetBoolean(5)
            ));
}
