using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The name under which a repository is registered: what Forgejo allows a repository to be called.</summary>
public sealed partial record ProjectName : Name<ProjectName>
{
    private const string Allowed =
        "1 to 100 of A-Z a-z 0-9 . _ -, beginning with a letter or digit, and none of \"build\", \"clean\" and \"step\"";

    private ProjectName(string value)
        : base(value) { }

    /// <summary>Accepts a project name; <c>build</c>, <c>clean</c> and <c>step</c> are refused, for unit names begin with them.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, ProjectName> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), Allowed, value => new ProjectName(value))
            .Bind(name =>
                name.Value.ToLowerInvariant() is "build" or "clean" or "step"
                    ? Fail<Problem, ProjectName>(Problem.Of(where, given, Allowed))
                    : Success<Problem, ProjectName>(name)
            );

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex Pattern();
}
