using System.Text;

namespace Kennel.Core.Forge;

/// <summary>A secret that deliveries are signed with. It never shows itself.</summary>
public sealed class WebhookSecret
{
    /// <summary>How many secrets count at the same time: two while one replaces another.</summary>
    public const int CountMax = 2;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>The secrets in the text of a secret file: its first two lines that are not empty.</summary>
    public static Seq<WebhookSecret> Of(string fileText) =>
        fileText
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length > 0)
            .Take(CountMax)
            .Select(line => new WebhookSecret(Encoding.UTF8.GetBytes(line)))
            .ToSeq()
            .Strict();

    /// <summary>Not the secret.</summary>
    public override string ToString() => "(secret)";
}
