namespace Kennel.Tests.Host;

/// <summary>The file by which Kennel on a host is told to kill itself at its effects.</summary>
internal sealed class CrashOrder(TestHost host)
{
    /// <summary>Where it is.</summary>
    public const string File = "/run/kennel/fault";

    /// <summary>Has it killed from now on; nothing may be under way.</summary>
    /// <param name="order">As the daemon reads it.</param>
    public async Task Give(string order)
    {
        await host.Write($"{File}.new", $"{order}\n");
        await host.Run($"chown kennel: {File}.new && mv {File}.new {File}");
    }

    /// <summary>Has it live on, and tells what became of it.</summary>
    public async Task<CrashRecord> TakeBack() => CrashRecord.Of(await host.Run($"cat {File} && rm {File}"));
}

/// <summary>What became of the effects of a stage.</summary>
/// <param name="Deaths">Where it was killed.</param>
/// <param name="Survived">The effects that it lived through from the first time on.</param>
internal sealed record CrashRecord(IReadOnlyList<string> Deaths, IReadOnlyList<string> Survived)
{
    /// <summary>Reads what the daemon wrote.</summary>
    public static CrashRecord Of(string text)
    {
        var lines = text.Split('\n');
        string[] deaths = [.. Those("died ", lines)];
        return new CrashRecord(deaths, [.. Those("did ", lines).Except(deaths)]);
    }

    private static IEnumerable<string> Those(string kind, string[] lines) =>
        lines.Where(line => line.StartsWith(kind, StringComparison.Ordinal)).Select(line => line[kind.Length..]);
}
