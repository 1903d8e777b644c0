using System.Globalization;
using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>The full name of a systemd service that is Kennel's by its form: <c>kennel-….service</c>.</summary>
public sealed partial record UnitName : Name<UnitName>
{
    private UnitName(string value)
        : base(value) { }

    /// <summary>Accepts a unit name of Kennel's form; systemd allows 255 bytes.</summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, UnitName> Parse(string where, string? given) =>
        Checked(
            where,
            given,
            Pattern(),
            "kennel-… .service of a-z 0-9 -, at most 255 bytes",
            value => new UnitName(value)
        );

    /// <summary>The generation's name: it carries the digest, so that old and new stand side by side.</summary>
    /// <param name="stem">The claimed unit stem, <c>kennel-{project}-{branch}-{component}</c>.</param>
    /// <param name="digest">The release's digest.</param>
    public static UnitName OfGeneration(UnitStem stem, Digest digest) => new($"{stem}-{digest}.service");

    /// <summary>The unit in which a build runs.</summary>
    public static UnitName OfBuild(BuildId build) => new($"kennel-build-{build.Value}.service");

    /// <summary>The build that runs in this unit, if it is a build's.</summary>
    public Option<BuildId> Build =>
        BuildPattern().Match(Value) is { Success: true } match
            ? Some(new BuildId(long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))
            : None;

    /// <summary>The unit that removes the state directories of a branch that was removed.</summary>
    public static UnitName OfClean(InstanceId instance, BranchId branch) =>
        new($"kennel-clean-{instance}-{branch.Value}.service");

    /// <summary>The unit in which a release's step runs.</summary>
    public static UnitName OfStep(InstanceId instance, BranchId branch, ReleaseId release) =>
        new($"kennel-step-{instance}-{branch.Value}-{release.Value}.service");

    /// <summary>The branch and the release whose step runs in this unit, if it is a step's.</summary>
    public Option<(BranchId Branch, ReleaseId Release)> Step =>
        StepPattern().Match(Value) is { Success: true } match
            ? Some(
                (
                    new BranchId(long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
                    new ReleaseId(long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
                )
            )
            : None;

    /// <summary>The unit of a branch's own valkey-server.</summary>
    public static UnitName OfCache(InstanceId instance, BranchId branch) =>
        new($"kennel-cache-{instance}-{branch.Value}.service");

    /// <summary>The branch whose own valkey-server runs in this unit, if it is such a one.</summary>
    public Option<BranchId> Cache =>
        CachePattern().Match(Value) is { Success: true } match
            ? Some(new BranchId(long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))
            : None;

    [GeneratedRegex(@"\Akennel-cache-[0-9a-f]{12}-([0-9]{1,18})\.service\z")]
    private static partial Regex CachePattern();

    /// <summary>The unit in which the database of a branch is filled, for the release that needs it.</summary>
    public static UnitName OfCopy(InstanceId instance, BranchId branch, ReleaseId release) =>
        new($"kennel-copy-{instance}-{branch.Value}-{release.Value}.service");

    /// <summary>The branch whose database is filled in this unit, if one is.</summary>
    public Option<BranchId> Copy =>
        CopyPattern().Match(Value) is { Success: true } match
            ? Some(new BranchId(long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)))
            : None;

    [GeneratedRegex(@"\Akennel-copy-[0-9a-f]{12}-([0-9]{1,18})-[0-9]{1,18}\.service\z")]
    private static partial Regex CopyPattern();

    [GeneratedRegex(@"\Akennel-step-[0-9a-f]{12}-([0-9]{1,18})-([0-9]{1,18})\.service\z")]
    private static partial Regex StepPattern();

    [GeneratedRegex(@"\Akennel-build-([0-9]{1,18})\.service\z")]
    private static partial Regex BuildPattern();

    [GeneratedRegex(@"\Akennel-[a-z0-9-]{1,239}\.service\z")]
    private static partial Regex Pattern();
}
