using System.Security.Cryptography;
using System.Text;

namespace Kennel.Core.Forge;

/// <summary>The signature of a delivery: HMAC-SHA256 over the bytes of its body.</summary>
public static class Signature
{
    private const string HubHeader = "X-Hub-Signature-256";
    private const string HubStart = "sha256=";
    private const int DigitCount = 2 * HMACSHA256.HashSizeInBytes;

    private static readonly byte[] NobodysKey = Encoding.ASCII.GetBytes("what is signed with this is refused");

    // The first that is there decides: a second one that fits does not save a first one that does not.
    private static readonly Seq<string> Headers = Seq("X-Forgejo-Signature", HubHeader, "X-Gitea-Signature");

    /// <summary>The signature that a delivery brings; nothing where it brings none, an empty or a malformed one.</summary>
    /// <param name="header">Finds a header by its name.</param>
    public static Option<byte[]> Given(Func<string, Option<string>> header) =>
        Headers
            .Map(name => header(name).Map(value => (Name: name, Value: value)))
            .Somes()
            .HeadOrNone()
            .Bind(found => found.Name == HubHeader ? WithoutStart(found.Value) : Some(found.Value))
            .Bind(Bytes);

    /// <summary>
    /// Whether one of the secrets made the signature. It takes as long for no secret as for two, so that an answer's
    /// delay does not tell which projects there are.
    /// </summary>
    public static bool IsMadeWith(Seq<WebhookSecret> secrets, ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature)
    {
        Span<byte> made = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isGood = false;
        for (var index = 0; index < WebhookSecret.CountMax; index++)
        {
            var isSecret = index < secrets.Count;
            HMACSHA256.HashData(isSecret ? secrets[index].Key : NobodysKey, body, made);
            isGood |= CryptographicOperations.FixedTimeEquals(made, signature) & isSecret;
        }
        return isGood;
    }

    private static Option<string> WithoutStart(string value) =>
        value.StartsWith(HubStart, StringComparison.Ordinal) ? Some(value[HubStart.Length..]) : None;

    private static Option<byte[]> Bytes(string digits) =>
        digits.Length == DigitCount && digits.All(char.IsAsciiHexDigit) ? Some(Convert.FromHexString(digits)) : None;
}
