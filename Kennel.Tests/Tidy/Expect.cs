namespace Kennel.Tests.Tidy;

/// <summary>Tells what breaks a rule, and what to do.</summary>
internal static class Expect
{
    /// <summary>Fails if there is anything, with the rule as advice.</summary>
    public static void None(IEnumerable<string> found, string rule)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, $"{rule}.\n  {string.Join("\n  ", all)}");
    }
}
