using Kennel.Core.Domain;
using Kennel.Core.Forge;

namespace Kennel.Core.Planning;

/// <summary>Deliveries of repositories that are no project yet and may register themselves.</summary>
public static class Newcomers
{
    /// <summary>The steps: one registration for each repository, after which its deliveries are the project's.</summary>
    public static Seq<Part> Plan(Sight sight, Seq<Delivery> deliveries) =>
        deliveries
            .GroupBy(delivery => delivery.Message.Repository.Id)
            .Select(group => Repository(sight, group.ToSeq().Strict()))
            .ToSeq()
            .Strict();

    private static Part Repository(Sight sight, Seq<Delivery> deliveries)
    {
        var first = deliveries.Head();
        var repository = first.Message.Repository;
        var subject = new Subject.Host();
        return Refusal(sight, first)
            .Match(
                why =>
                    Part.Step(
                        subject,
                        new Action.RecordDeliveries(
                            None,
                            deliveries.Map(delivery => new DeliveryEnd(delivery.Id, $"not registered: {why}")),
                            Seq<PullRequest>(),
                            Seq<BranchIntent>(),
                            Map<Branch, CommitId>(),
                            sight.Now
                        ),
                        "its repository cannot register itself"
                    ),
                () =>
                    ProjectName
                        .Parse("repository.name", repository.Name)
                        .Match(
                            name =>
                                Part.Step(
                                    subject,
                                    new Action.RegisterProject(first.Id, name, repository, sight.Now),
                                    $"repositories of {repository.Owner} register themselves"
                                ),
                            _ => Part.Nothing
                        )
            );
    }

    private static Option<string> Refusal(Sight sight, Delivery delivery)
    {
        var repository = delivery.Message.Repository;
        if (!sight.Settings.Forge.Admits(repository))
            return $"{repository.FullName} at {repository.CloneUrl} is not one that projects.autoRegister admits";
        return ProjectName
            .Parse("repository.name", repository.Name)
            .Match(_ => None, problems => Some(string.Join("; ", problems)));
    }
}
