using System.Text.RegularExpressions;
using Kennel.Core.Views;

namespace Kennel.Tests.Host;

/// <summary>The world of a moment as a text that can be compared: without numbers and digests, which differ by nature.</summary>
internal static partial class CrashWorld
{
    /// <summary>The world of this moment.</summary>
    public static async Task<string> Of(TestHost host, TestRepository hello)
    {
        await TestHost.Until(
            "leases have cooled",
            async () =>
                !(await host.Ask<InventoryView>("inventory")).Items.Exists(item =>
                    item.Detail.StartsWith("cooling", StringComparison.Ordinal)
                )
        );
        var inventory = (await host.Inventory()).Select(item =>
            item.Kind == "lease"
                ? $"lease {item.Owner} {item.Detail}"
                : $"{item.Kind} {item.Name} {item.Owner} {item.Detail}"
        );
        var deployments = (await hello.Deployments()).Map(it => $"{it.Branch} {it.Component} {it.State}");
        var newest = (await hello.NewestBuild()).Map(build => $"build {build.State} {build.Repeats}");
        var lines = inventory
            .Concat(await host.Units())
            .Concat(await host.Files())
            .Concat(deployments)
            .Concat((await hello.Releases("topic")).Map(Past))
            .Concat(newest);
        return string.Join('\n', lines.Select(Normal).Order(StringComparer.Ordinal));
    }

    private static string Past(PastBuildView past) =>
        $"release of build {past.Build} {past.Repeats} {(past.IsServing ? "serves" : "")} {(past.IsTarget ? "aimed at" : "")} "
        + $"{(past.IsPinned ? "pinned" : "")} {(past.CanRollBack ? "can come back" : "")}";

    private static string Normal(string line) =>
        Numbers()
            .Replace(
                StorePaths()
                    .Replace(
                        Ports()
                            .Replace(Digests().Replace(Builds().Replace(line, "$1BUILD-"), "DIGEST.service"), "PORT"),
                        "PATH"
                    ),
                "$1N"
            );

    [GeneratedRegex("[0-9a-f]{10}\\.service")]
    private static partial Regex Digests();

    [GeneratedRegex("\\b1[89][0-9]{3}\\b")]
    private static partial Regex Ports();

    [GeneratedRegex("\\b([0-9a-f]{12}-)[0-9]+-")]
    private static partial Regex Builds();

    [GeneratedRegex("\\b(build )[0-9]+")]
    private static partial Regex Numbers();

    [GeneratedRegex("/nix/store/[^ ]+")]
    private static partial Regex StorePaths();
}
