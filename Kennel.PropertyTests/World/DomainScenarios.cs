namespace Kennel.PropertyTests.World;

/// <summary>The small scenarios of custom domains in which every fault is tried at every effect.</summary>
public static class DomainScenarios
{
    private const string Other = "other";

    /// <summary>All of them, by what happens in them.</summary>
    public static Seq<(string Title, Func<Seq<Step>> Steps)> All =>
        Seq<(string, Func<Seq<Step>>)>(
            (
                "a custom domain that comes and goes",
                () =>
                    Seq(
                        Push("api:1"),
                        new Step.Settle(),
                        Push("api=shop.example.net:2"),
                        new Step.Settle(),
                        Push("api:3"),
                        new Step.Settle()
                    )
            ),
            (
                "a custom domain that moves to another component",
                () =>
                    Seq(
                        Push("api=shop.example.net:1 web/:1"),
                        new Step.Settle(),
                        Push("api:1 web/=shop.example.net:1"),
                        new Step.Settle()
                    )
            ),
            (
                "a custom domain that two projects want, and one gives up",
                () =>
                    Seq(
                        Push("api=shop.example.net:1"),
                        new Step.Settle(),
                        Push("web/=shop.example.net:2", Other),
                        new Step.Settle(),
                        Push("api:3"),
                        new Step.Settle()
                    )
            ),
            (
                "a custom domain whose record people made, and then remove",
                () =>
                    Seq(
                        new Step.AddRecord("shop.example.net", "198.51.100.9"),
                        new Step.AddRecord("shop2.example.net", "198.51.100.9"),
                        new Step.AddRecord("old.example.net", "198.51.100.9", IsOfAnotherKennel: true),
                        Push("api=shop.example.net:1"),
                        new Step.Settle(),
                        new Step.RemoveRecords("shop.example.net"),
                        new Step.Settle(),
                        new Step.Remove("main"),
                        new Step.Settle()
                    )
            ),
            (
                "a branch with a custom domain that goes",
                () => Seq(Push("api=shop.example.net:1"), new Step.Settle(), new Step.Remove("main"), new Step.Settle())
            ),
            (
                "a branch with a custom domain and a database that goes",
                () =>
                    Seq(Push("api@=shop.example.net:1"), new Step.Settle(), new Step.Remove("main"), new Step.Settle())
            )
        );

    /// <summary>A new commit is pushed to the default branch of a project.</summary>
    public static Step Push(string components, string project = "shop") =>
        new Step.OnForge(new ForgeChange.Push("main", Steps.Commit(components)), project);
}
