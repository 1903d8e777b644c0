using System.Security.Cryptography;
using System.Text;

namespace Kennel.Core.Domain;

/// <summary>
/// How outside names are derived: deterministic, ASCII, and marked by six hexadecimal digits of the raw name's hash
/// wherever cleaning or cutting changed it or another owner holds it. A derived name is then claimed and stored.
/// </summary>
public static class Naming
{
    /// <summary>The longest label of a host name.</summary>
    public const int LabelLengthMax = 63;

    private const int SuffixLength = 7;

    /// <summary>The raw host label of a branch's primary component.</summary>
    public static string BranchLabel(ProjectName project, Branch branch) => $"{project}-{branch.NamePart}";

    /// <summary>The raw host label of any component.</summary>
    public static string ComponentLabel(ProjectName project, ComponentName component, Branch branch) =>
        $"{project}-{component}-{branch.NamePart}";

    /// <summary>A host label from raw text, at most 63 characters.</summary>
    /// <param name="raw">The text.</param>
    /// <param name="marked">Whether to add the hash in any case, for the plain form is taken.</param>
    public static string Label(string raw, bool marked) => Clean(raw, LabelLengthMax, marked);

    /// <summary>A unit stem from raw text.</summary>
    /// <param name="raw">The text after <c>kennel-</c>.</param>
    /// <param name="marked">Whether to add the hash in any case.</param>
    public static string Stem(string raw, bool marked) =>
        "kennel-" + Clean(raw, UnitStem.LengthMax - "kennel-".Length, marked);

    /// <summary>The role of a branch: the same for every incarnation of it.</summary>
    public static string Role(InstanceId instance, ProjectId project, Branch branch) =>
        "knl-" + Hash($"{instance}/{project.Value}/{branch.Reference}")[..16];

    /// <summary>A database's name, at most 63 characters: one more would be cut without a word.</summary>
    /// <param name="project">The project.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="marked">Whether to add the hash in any case.</param>
    public static string Database(ProjectName project, Branch branch, bool marked)
    {
        var raw = $"{project}_{branch.NamePart}";
        var cleaned = $"{Collapse(project.Value)}_{Collapse(branch.NamePart)}";
        var lengthMax = DatabaseName.LengthMax - DatabaseName.Prefix.Length;
        return DatabaseName.Prefix
            + (cleaned == raw && cleaned.Length <= lengthMax && !marked ? cleaned : Marked(cleaned, raw, lengthMax));
    }

    /// <summary>
    /// A git branch that is called like a pull request's name part gets the mark, so that the two never share a name.
    /// </summary>
    public static bool MustBeMarked(Branch branch) =>
        branch is Branch.Git { Name.Value: var name }
        && name.StartsWith("pr-", StringComparison.Ordinal)
        && name[3..].All(char.IsAsciiDigit);

    private static string Clean(string raw, int lengthMax, bool marked)
    {
        var cleaned = Collapse(raw);
        return cleaned == raw && cleaned.Length <= lengthMax && !marked ? cleaned : Marked(cleaned, raw, lengthMax);
    }

    private static string Marked(string cleaned, string raw, int lengthMax) =>
        Cut(cleaned, lengthMax - SuffixLength) + "-" + Hash(raw)[..(SuffixLength - 1)];

    private static string Collapse(string raw)
    {
        var letters = raw.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var parts = string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? "x" : string.Join('-', parts);
    }

    private static string Cut(string cleaned, int lengthMax) =>
        cleaned.Length <= lengthMax ? cleaned : cleaned[..lengthMax].TrimEnd('-');

    /// <summary>64 hexadecimal digits that stand for a text.</summary>
    internal static string Hash(string raw) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw)));
}
