using System.Security.Cryptography;
using System.Text;

namespace Kennel.Core.Secrets;

/// <summary>What is kept secret. It never shows itself: whoever needs it says so by asking for its bytes.</summary>
public sealed class SecretValue : IEquatable<SecretValue>
{
    private static readonly Encoding Strict = Encoding.GetEncoding(
        "utf-8",
        EncoderFallback.ExceptionFallback,
        DecoderFallback.ExceptionFallback
    );

    private readonly byte[] _bytes;

    private SecretValue(byte[] bytes) => _bytes = bytes;

    /// <summary>How many bytes it has.</summary>
    public int Length => _bytes.Length;

    /// <summary>The value of a text.</summary>
    public static SecretValue Of(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The value of these bytes.</summary>
    public static SecretValue Of(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>The bytes themselves.</summary>
    public ReadOnlySpan<byte> Reveal() => _bytes;

    /// <summary>The text, if the bytes are one.</summary>
    public Option<string> RevealText()
    {
        try
        {
            return Strict.GetString(_bytes);
        }
        catch (DecoderFallbackException)
        {
            return None;
        }
    }

    /// <inheritdoc/>
    public bool Equals(SecretValue? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretValue);

    /// <summary>The same for all values of one length: a hash would tell something of the value.</summary>
    public override int GetHashCode() => _bytes.Length;

    /// <summary>Not the secret.</summary>
    public override string ToString() => "(secret)";
}
