namespace Kennel.Core.Domain;

/// <summary>What the database of a pull request starts with. Closed.</summary>
public abstract record PreviewDatabase
{
    private const string EmptyWord = "empty";
    private const string TemplateWord = "template:";
    private const string CloneWord = "clone:";

    private PreviewDatabase() { }

    /// <summary>Nothing.</summary>
    public sealed record Empty : PreviewDatabase;

    /// <summary>All that a database of the host has.</summary>
    public sealed record Template(TemplateName Name) : PreviewDatabase;

    /// <summary>All that the database of another branch of the project has at that time.</summary>
    public sealed record CloneOf(BranchName Branch) : PreviewDatabase;

    /// <summary>What holds where nobody says anything.</summary>
    public static readonly PreviewDatabase Default = new Empty();

    /// <summary>Whether it starts with what another database has.</summary>
    public bool IsCopy => this is not Empty;

    /// <summary>Accepts <c>empty</c>, <c>template:NAME</c> and <c>clone:BRANCH</c>.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, PreviewDatabase> Parse(string where, string given) =>
        given == EmptyWord ? Success<Problem, PreviewDatabase>(Default)
        : given.StartsWith(TemplateWord, StringComparison.Ordinal)
            ? TemplateName
                .Parse($"{where}, after {TemplateWord}", given[TemplateWord.Length..])
                .Map(PreviewDatabase (name) => new Template(name))
        : given.StartsWith(CloneWord, StringComparison.Ordinal)
            ? BranchName
                .Parse($"{where}, after {CloneWord}", given[CloneWord.Length..])
                .Map(PreviewDatabase (branch) => new CloneOf(branch))
        : Fail<Problem, PreviewDatabase>(
            Problem.Of(where, given, $"{EmptyWord}, {TemplateWord}NAME or {CloneWord}BRANCH")
        );

    /// <summary>The word that manifests and specifications use.</summary>
    public sealed override string ToString() =>
        this switch
        {
            Empty => EmptyWord,
            Template it => $"{TemplateWord}{it.Name}",
            CloneOf it => $"{CloneWord}{it.Branch}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
