using System.Globalization;
using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>
/// The user of Valkey that a branch's services are: <c>kennel-{instance}-{branch}</c>. Valkey keeps no comments, so that
/// the name itself is the mark; and every incarnation of a branch is another user, with another password.
/// </summary>
public sealed partial record CacheUser : Name<CacheUser>
{
    private CacheUser(string value)
        : base(value) { }

    /// <summary>Accepts the name of a user.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, CacheUser> Parse(string where, string? given) =>
        Checked(where, given, Pattern(), "kennel-, twelve of 0-9 a-f, - and a number", value => new CacheUser(value));

    /// <summary>The user of a branch.</summary>
    public static CacheUser Of(InstanceId instance, BranchId branch) => new($"kennel-{instance}-{branch.Value}");

    /// <summary>Who made it.</summary>
    public InstanceId Maker =>
        InstanceId
            .Parse("user", Pattern().Match(Value).Groups["instance"].Value)
            .IfFail(_ => throw new System.Diagnostics.UnreachableException());

    /// <summary>The branch that it was made for, by its number in the database of whoever made it.</summary>
    public BranchId Branch =>
        new(long.Parse(Pattern().Match(Value).Groups["branch"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\Akennel-(?<instance>[0-9a-f]{12})-(?<branch>[0-9]{1,18})\z")]
    private static partial Regex Pattern();
}
