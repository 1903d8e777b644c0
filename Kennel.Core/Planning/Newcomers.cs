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
        return Admitted(sight, repository)
            .Match(
                name =>
                    Part.Step(
                        new Subject.Host(),
                        new Action.RegisterProject(first.Id, name, repository, sight.Now),
                        $"repositories of {repository.Owner} register themselves"
                    ),
                why =>
                    Part.Step(
                        new Subject.Host(),
                        new Action.RecordDeliveries(
                            None,
                            deliveries.Map(delivery => new DeliveryEnd(delivery.Id, $"not registered: {why}")),
                            Seq<PullRequest>(),
                            Seq<BranchIntent>(),
                            Map<Branch, CommitId>(),
                            sight.Now
                        ),
                        "its repository cannot register itself"
                    )
            );
    }

    private static Either<string, ProjectName> Admitted(Sight sight, ForgeRepository repository) =>
        sight.Settings.Forge.Admits(repository)
            ? ProjectName
                .Parse("repository.name", repository.Name)
                .ToEither()
                .MapLeft(problems => string.Join("; ", problems))
            : $"{repository.FullName} at {repository.CloneUrl} is not one that projects.autoRegister admits";
}
