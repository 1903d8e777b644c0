namespace Kennel.Tests.Host;

/// <summary>A test on a disposable host; where none can be had it is skipped and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HostFactAttribute : FactAttribute
{
    private const int CannotRunHosts = 69;
    private static readonly TimeSpan ImageLimit = TimeSpan.FromMinutes(10);
    private static readonly Lazy<string?> WhyNot = new(Look);

    public HostFactAttribute() => Skip = WhyNot.Value;

    private static string? Look()
    {
        if (Environment.GetEnvironmentVariable("KENNEL_NO_HOST") is { Length: > 0 } reason)
            return reason is "1" ? "left out by KENNEL_NO_HOST" : reason;
        if (!Environment.IsPrivilegedProcess)
            return "disposable hosts need root";
        if (!File.Exists(Checkout.Path("artifacts", "kennel", "kennel")))
            return "there is no build in artifacts/kennel; run scripts/publish first";
        // What else ends it is a failure, which each test then meets and tells.
        var image = ChildProcess
            .Run(Checkout.Path("scripts", "testhost"), ["image"], ImageLimit)
            .GetAwaiter()
            .GetResult();
        return image.ExitStatus == CannotRunHosts ? image.Error.Trim() : null;
    }
}
