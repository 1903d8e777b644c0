using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Units;

/// <summary>The instance mark at the end of a unit's description: <c>… [{instance}]</c>.</summary>
public static partial class UnitMark
{
    /// <summary>The instance that made a unit; none where the description has no mark.</summary>
    public static Option<InstanceId> Read(string description) =>
        Pattern().Match(description) is { Success: true } match
            ? InstanceId.Parse("description", match.Groups[1].Value).ToOption()
            : None;

    [GeneratedRegex(@" \[([0-9a-f]{12})\]\z")]
    private static partial Regex Pattern();
}
