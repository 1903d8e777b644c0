namespace Kennel.Core.Configuration;

/// <summary>The options for what requests do and tell.</summary>
internal static class RequestEntries
{
    public static Seq<ConfigurationEntry> All() =>
        Seq(
            ConfigurationEntries.Entry(
                "wake.maxConcurrent",
                ValueKinds.Whole(1, 64),
                it => it.Wake.MaxConcurrent,
                (it, value) => it with { Wake = it.Wake with { MaxConcurrent = value } },
                "How many sleeping branches may be on their way up at once. Requests for more wait, or are told to come back."
            ),
            ConfigurationEntries.Entry(
                "wake.timeoutSeconds",
                ValueKinds.Whole(1, WakeConfiguration.TimeoutSecondsMax),
                it => it.Wake.TimeoutSeconds,
                (it, value) => it with { Wake = it.Wake with { TimeoutSeconds = value } },
                "How long a request is held while its branch wakes. A browser gets a page after 3 s that reloads by itself."
            ),
            ConfigurationEntries.Entry(
                "activity.port",
                ValueKinds.PortNumber,
                it => it.Activity.Port,
                (it, value) => it with { Activity = it.Activity with { Port = value } },
                "The UDP port of this host to which Caddy sends its access log. "
                    + "Where `kennel-activity.socket` is installed, that unit says the port."
            ),
            ConfigurationEntries.Entry(
                "activity.proveSeconds",
                ValueKinds.Whole(1, 3600),
                it => it.Activity.ProveSeconds,
                (it, value) => it with { Activity = it.Activity with { ProveSeconds = value } },
                "How often Kennel proves with a request of its own that the access log arrives. After three failures in a row nothing is concluded from silence: nothing hibernates or expires."
            )
        );
}
