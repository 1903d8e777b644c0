using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Units;

/// <summary>Stub until merged.</summary>
public static class BuildUnit
{
    /// <summary>Stub.</summary>
    public static Seq<UnitProperty> Render(
        Settings settings,
        BuildId build,
        ProjectId project,
        string title,
        CommitId commit
    ) =>
        Seq1(
            new UnitProperty(
                "Description",
                new UnitValue.Text(
                    $"Kennel build {build.Value} of {title} [{settings.Instance}] {commit} {project.Value}"
                )
            )
        );
}
