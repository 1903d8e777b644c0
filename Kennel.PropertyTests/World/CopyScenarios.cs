using Kennel.Core.Domain;

namespace Kennel.PropertyTests.World;

/// <summary>The small scenarios of previews that start with what another database has.</summary>
public static class CopyScenarios
{
    /// <summary>The database that the host lets previews start with.</summary>
    public const string Template = "sample";

    private const string Preview = "#1";

    /// <summary>All of them.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> All =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "a preview that starts as a template, and its end",
                () =>
                    Seq(
                        Deploy("api@+*:1", $"template:{Template}"),
                        new Step.Settle(),
                        Deploy("api@+*:2", $"template:{Template}"),
                        new Step.Settle(),
                        new Step.Remove(Preview),
                        new Step.Settle()
                    )
            ),
            (
                "a preview that starts as a clone, and is made anew",
                () =>
                    Joined(
                        Source,
                        Seq(
                            Deploy("api@+*:1", "clone:dev"),
                            new Step.Settle(),
                            new Step.Ask(Request.ResetDatabase, Preview),
                            new Step.Settle()
                        )
                    )
            ),
            (
                "a clone that fails, and then does not",
                () =>
                    Joined(
                        Source,
                        Seq(
                            new Step.RefuseRestores(true),
                            Deploy("api@:1", "clone:dev"),
                            new Step.Settle(),
                            new Step.RefuseRestores(false),
                            Deploy("api@:2", "clone:dev"),
                            new Step.Settle()
                        )
                    )
            ),
            (
                "a clone that fails, and then a template",
                () =>
                    Joined(
                        Source,
                        Seq(
                            new Step.RefuseRestores(true),
                            Deploy("api@:1", "clone:dev"),
                            new Step.Settle(),
                            Deploy("api@:2", $"template:{Template}"),
                            new Step.Settle()
                        )
                    )
            ),
            (
                "a preview removed while it is filled",
                () =>
                    Joined(
                        Source,
                        Seq(
                            Deploy("api@:1", "clone:dev"),
                            new Step.Wait(PartOfTheWay),
                            new Step.Remove(Preview),
                            new Step.Settle()
                        )
                    )
            ),
            (
                "a push and a reboot while a preview is filled",
                () =>
                    Joined(
                        Source,
                        Seq(
                            Deploy("api@:1", "clone:dev"),
                            new Step.Wait(PartOfTheWay),
                            Deploy("api@:2", "clone:dev"),
                            new Step.Wait(PartOfTheWay),
                            new Step.Reboot(),
                            new Step.Settle()
                        )
                    )
            ),
            (
                "a clone of production",
                () =>
                    Seq(
                        Scenarios.Deploy("main", "api@:1"),
                        new Step.Settle(),
                        Deploy("api@:2", "clone:main"),
                        new Step.Settle()
                    )
            )
        );

    /// <summary>What happens in one of them.</summary>
    public static Seq<Step> Steps(string title) => Scenarios.Steps(title)();

    // Built after two seconds, dumped in one, filled in three.
    private const int PartOfTheWay = 4500;

    private static Seq<Step> Source => Seq(Scenarios.Deploy("dev", "api@:0"), new Step.Settle());

    private static Step Deploy(string components, string start) =>
        new Step.Deploy(
            Preview,
            World.Steps.Commit(components) with
            {
                PreviewDatabase = PreviewDatabase.Parse("scenario", start).Valid(),
            }
        );
}
