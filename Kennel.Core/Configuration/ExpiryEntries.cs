namespace Kennel.Core.Configuration;

/// <summary>The options about branches that nobody uses.</summary>
internal static class ExpiryEntries
{
    private const int SecondsMax = 315_360_000;

    public static Seq<ConfigurationEntry> All() =>
        Seq(
            ConfigurationEntries.Entry(
                "expiry.hibernateAfterSeconds",
                ValueKinds.Whole(0, SecondsMax),
                it => it.Expiry.HibernateAfterSeconds,
                (it, value) => it with { Expiry = it.Expiry with { HibernateAfterSeconds = value } },
                "After how long without a push or a visitor pull requests hibernate, and branches other than the default one, "
                    + "`staging` and `dev`: their services stop until somebody opens a page. 0: never. "
                    + "A project may say otherwise."
            ),
            ConfigurationEntries.Entry(
                "expiry.removeAfterSeconds",
                ValueKinds.Whole(0, SecondsMax),
                it => it.Expiry.RemoveAfterSeconds,
                (it, value) => it with { Expiry = it.Expiry with { RemoveAfterSeconds = value } },
                "After how long they are removed with all they have. 0: never. A project may say otherwise."
            )
        );
}
