namespace Kennel.Tests.Valkey;

/// <summary>A test against a real Valkey; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ValkeyFactAttribute : FactAttribute
{
    public ValkeyFactAttribute()
    {
        if (!File.Exists(Path.Combine(Programs, "valkey-server")))
            Skip = $"no valkey-server in {Programs}; set KENNEL_TEST_VALKEY to the directory of Valkey's programs";
    }

    /// <summary>The directory of its programs: <c>$KENNEL_TEST_VALKEY</c>, else where distributions install it.</summary>
    public static string Programs => Environment.GetEnvironmentVariable("KENNEL_TEST_VALKEY") ?? "/usr/bin";
}
