using System.Runtime.CompilerServices;
using Kennel.Core.Manifest;

namespace Kennel.Tests.Manifest;

public sealed class RealProjects
{
    [SpecificationsTheory]
    [MemberData(nameof(Files))]
    public void The_manifests_that_projects_have_today_are_read_without_an_error(string file)
    {
        var read = ManifestReader.Read(File.ReadAllText(Path.Combine(Directory, file)));

        Assert.Empty(read.Match(_ => Seq<string>(), problems => problems.Map(problem => problem.ToString())));
    }

    public static TheoryData<string> Files() =>
        System.IO.Directory.Exists(Directory)
            ?
            [
                .. System
                    .IO.Directory.EnumerateFiles(Directory, "kennel*.json", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(Directory, file))
                    .Order(),
            ]
            : ["none"];

    internal static string Directory => Path.Combine(Repository(), "../shared/specs/real-projects");

    private static string Repository([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));
}

internal sealed class SpecificationsTheoryAttribute : TheoryAttribute
{
    public SpecificationsTheoryAttribute()
    {
        if (!System.IO.Directory.Exists(RealProjects.Directory))
            Skip = "no ../shared/specs";
    }
}
