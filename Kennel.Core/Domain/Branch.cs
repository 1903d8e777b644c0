using System.Globalization;

namespace Kennel.Core.Domain;

/// <summary>
/// What a deployment follows: a git branch or a pull request. The two never meet: a branch that is called
/// <c>pr-42</c> is not pull request 42.
/// </summary>
public abstract record Branch : IComparable<Branch>
{
    private Branch() { }

    /// <summary>A branch of the registered repository.</summary>
    /// <param name="Name">The short name, as in <c>refs/heads/{name}</c>.</param>
    public sealed record Git(BranchName Name) : Branch
    {
        /// <inheritdoc/>
        public override string ToString() => Name.Value;
    }

    /// <summary>A pull request of the registered repository.</summary>
    /// <param name="Number">Its number, from 1.</param>
    public sealed record PullRequest(int Number) : Branch
    {
        /// <inheritdoc/>
        public override string ToString() => "#" + Number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The full git reference that holds the code.</summary>
    public string Reference =>
        this switch
        {
            Git git => $"refs/heads/{git.Name}",
            PullRequest pullRequest => $"refs/pull/{pullRequest.Number}/head",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The text names are made from: a branch's own name, or <c>pr-{number}</c>.</summary>
    public string NamePart =>
        this switch
        {
            Git git => git.Name.Value,
            PullRequest pullRequest => $"pr-{pullRequest.Number}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Accepts what people write: <c>#42</c> is a pull request, all else a branch name.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, Branch> Parse(string where, string? given) =>
        given is ['#', .. var digits]
            ? int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? Success<Problem, Branch>(new PullRequest(number))
                : Fail<Problem, Branch>(Problem.Of(where, given, "# and a pull request's number"))
            : BranchName.Parse(where, given).Map(name => (Branch)new Git(name));

    /// <summary>Ordinal order of the references.</summary>
    public int CompareTo(Branch? other) => string.CompareOrdinal(Reference, other?.Reference);
}
