using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>
/// The mark on a resource, where its system keeps a comment: <c>Kennel made this for {title} [{instance}]</c>, and for a
/// database <c>with {extensions}</c>. What has none, or another instance's, is never changed.
/// </summary>
public static partial class ResourceMark
{
    private const string Separator = ", ";

    /// <summary>The comment of a resource.</summary>
    /// <param name="instance">Who made it.</param>
    /// <param name="title">The branch, as people call it.</param>
    public static string Write(InstanceId instance, string title) => $"Kennel made this for {title} [{instance}]";

    /// <summary>The comment of a database with extensions.</summary>
    public static string Write(InstanceId instance, string title, Set<ExtensionName> extensions) =>
        extensions.IsEmpty
            ? Write(instance, title)
            : $"{Write(instance, title)} with {string.Join(Separator, extensions)}";

    /// <summary>The extensions that were added to a database; none where the comment is not Kennel's.</summary>
    public static Set<ExtensionName> Extensions(string comment) =>
        Pattern().Match(comment) is { Success: true } match
            ? toSet(
                match
                    .Groups["extensions"]
                    .Value.Split(Separator, StringSplitOptions.RemoveEmptyEntries)
                    .ToSeq()
                    .Bind(name => ExtensionName.Parse("comment", name).ToSeq())
            )
            : Set<ExtensionName>();

    /// <summary>Who made it; none where the comment is not Kennel's.</summary>
    public static Option<InstanceId> Read(string comment) =>
        Pattern().Match(comment) is { Success: true } match
            ? InstanceId.Parse("comment", match.Groups["instance"].Value).ToOption()
            : None;

    [GeneratedRegex(
        @"\AKennel made this for .* \[(?<instance>[0-9a-f]{12})\](?: with (?<extensions>[a-z0-9_, -]+))?\z",
        RegexOptions.Singleline
    )]
    private static partial Regex Pattern();
}
