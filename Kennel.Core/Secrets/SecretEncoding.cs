using System.Buffers.Text;

namespace Kennel.Core.Secrets;

/// <summary>How a stored value is encoded.</summary>
public enum SecretEncoding
{
    /// <summary>RFC 4648 section 4.</summary>
    Base64,

    /// <summary>RFC 4648 section 5, with padding or without.</summary>
    Base64Url,

    /// <summary>Two digits for each byte.</summary>
    Hex,
}

/// <summary>Decodes stored values.</summary>
public static class SecretEncodings
{
    /// <summary>The word in <c>secretspec.toml</c>.</summary>
    public static string Word(this SecretEncoding encoding) =>
        encoding switch
        {
            SecretEncoding.Base64 => "base64",
            SecretEncoding.Base64Url => "base64url",
            SecretEncoding.Hex => "hex",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>What the value stands for; nothing if it is not so encoded.</summary>
    public static Option<SecretValue> Decode(this SecretEncoding encoding, SecretValue value) =>
        value.RevealText().Bind(text => Decode(encoding, text.Trim()));

    private static Option<SecretValue> Decode(SecretEncoding encoding, string text)
    {
        try
        {
            return SecretValue.Of(
                encoding switch
                {
                    SecretEncoding.Base64 => Convert.FromBase64String(text),
                    SecretEncoding.Base64Url => Base64Url.DecodeFromChars(text),
                    SecretEncoding.Hex => Convert.FromHexString(text),
                    _ => throw new System.Diagnostics.UnreachableException(),
                }
            );
        }
        catch (FormatException)
        {
            return None;
        }
    }
}
