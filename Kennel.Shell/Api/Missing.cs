using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>What is answered about something that is not there, with what was probably meant.</summary>
internal static class Missing
{
    private const int ShownMax = 10;

    public static ApiProblem Build(long build) =>
        NotFound("unknown-build", $"There is no build {build}.", "kennel builds lists them.");

    public static ApiProblem Project(ProjectName name, Seq<ProjectRow> known)
    {
        var names = known.Map(row => row.Name.Value);
        return NotFound(
            "unknown-project",
            $"There is no project {name}.",
            Meant(
                name.Value,
                names,
                $"kennel project add {name} CLONE-URL registers one; kennel project list lists them."
            )
        );
    }

    public static ApiProblem Branch(
        ProjectName project,
        Branch branch,
        Seq<ProjectRow> projects,
        Seq<DesiredBranch> branches
    )
    {
        if (!projects.Exists(row => row.Name == project))
        {
            return Project(project, projects);
        }
        var names = branches.Filter(it => it.Project.Name == project).Map(it => $"{it.Branch}");
        return NotFound(
            "unknown-branch",
            $"Nothing of {project}/{branch} was ever deployed here, or it was removed and is gone.",
            Meant($"{branch}", names, $"kennel deploy {project} {branch} deploys it.")
        );
    }

    private static string Meant(string given, Seq<string> known, string otherwise) =>
        NearMiss
            .Of(given, known)
            .Match(
                word => $"Did you mean {word}? {otherwise}",
                () =>
                    known.IsEmpty || known.Count > ShownMax
                        ? otherwise
                        : $"There is {string.Join(", ", known.Order())}. {otherwise}"
            );

    private static ApiProblem NotFound(string code, string detail, string remedy) =>
        ApiProblem.Of(StatusCodes.Status404NotFound, code, "There is no such thing", detail, remedy);
}
