using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kennel.Core.Forge;

namespace Kennel.Tests.Forge;

public sealed class SignatureTests
{
    private const string Forgejo = "X-Forgejo-Signature";
    private const string Hub = "X-Hub-Signature-256";
    private const string Gitea = "X-Gitea-Signature";

    private static readonly string Digits = new('a', 64);

    [Fact]
    public void What_was_signed_with_a_secret_is_accepted_with_it() =>
        Prop.ForAll<byte[], NonEmptyString>(
                (body, text) =>
                {
                    var secret = Secret(text);
                    return Signature.IsMadeWith(WebhookSecret.Of(secret), body, Sign(secret, body));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Another_secret_makes_another_signature() =>
        Prop.ForAll<byte[], NonEmptyString, NonEmptyString>(
                (body, one, other) =>
                    Secret(one) == Secret(other)
                    || !Signature.IsMadeWith(WebhookSecret.Of(Secret(one)), body, Sign(Secret(other), body))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void One_changed_bit_of_body_or_signature_is_noticed() =>
        Prop.ForAll<NonEmptyArray<byte>, NonNegativeInt>(
                (body, place) =>
                {
                    var signature = Sign("secret", body.Get);
                    var (changedBody, changedSignature) = (Flipped(body.Get, place.Get), Flipped(signature, place.Get));
                    return !Signature.IsMadeWith(WebhookSecret.Of("secret"), changedBody, signature)
                        && !Signature.IsMadeWith(WebhookSecret.Of("secret"), body.Get, changedSignature);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_in_the_header_is_taken_or_refused_without_failing() =>
        Prop.ForAll<string>(text =>
                Signature.Given(Headers((Forgejo, text ?? ""))).Match(bytes => bytes.Length == 32, () => true)
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("new\nold\n")]
    [InlineData("old\nnew\n")]
    [InlineData("\r\n  new \r\n\r\nold\r\n")]
    public void While_secrets_are_changed_both_count(string file) =>
        Assert.All(
            new[] { "new", "old" },
            secret => Assert.True(Signature.IsMadeWith(WebhookSecret.Of(file), [1], Sign(secret, [1])))
        );

    [Fact]
    public void A_third_secret_does_not_count() =>
        Assert.False(Signature.IsMadeWith(WebhookSecret.Of("one\ntwo\nthree"), [1], Sign("three", [1])));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(" \r\n\t\n")]
    public void An_empty_secret_accepts_nothing(string file)
    {
        Assert.False(Signature.IsMadeWith(WebhookSecret.Of(file), [1], Sign("", [1])));
        Assert.False(Signature.IsMadeWith(WebhookSecret.Of(file), [1], []));
        Assert.False(Signature.IsMadeWith(WebhookSecret.Of(file), [1], new byte[32]));
    }

    [Fact]
    public void Without_a_secret_not_even_the_stand_in_key_accepts_anything() =>
        Assert.False(Signature.IsMadeWith(Seq<WebhookSecret>(), [1], Sign("what is signed with this is refused", [1])));

    [Fact]
    public void A_secret_does_not_show_itself() => Assert.Equal("(secret)", $"{WebhookSecret.Of("x").Head}");

    [Fact]
    public void Digits_may_be_large_or_small()
    {
        Assert.True(Signature.Given(Headers((Forgejo, Digits))).IsSome);
        Assert.True(Signature.Given(Headers((Forgejo, Digits.ToUpperInvariant()))).IsSome);
        Assert.True(Signature.Given(Headers((Hub, "sha256=" + Digits))).IsSome);
        Assert.True(Signature.Given(Headers((Gitea, Digits))).IsSome);
    }

    [Theory]
    [InlineData(Forgejo, "")]
    [InlineData(Forgejo, "aa")]
    [InlineData(Forgejo, "sha256=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(Forgejo, "gaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(Hub, "sha256=")]
    [InlineData(Hub, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(Hub, "sha1=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(Gitea, "")]
    public void A_malformed_signature_is_none(string header, string value) =>
        Assert.True(Signature.Given(Headers((header, value))).IsNone);

    [Fact]
    public void The_first_header_decides_and_a_later_one_does_not_save_it()
    {
        Assert.True(Signature.Given(Headers((Forgejo, ""), (Hub, "sha256=" + Digits), (Gitea, Digits))).IsNone);
        Assert.True(Signature.Given(Headers((Hub, "sha256="), (Gitea, Digits))).IsNone);
        Assert.True(Signature.Given(Headers(("X-Gogs-Signature", Digits), ("X-Hub-Signature", Digits))).IsNone);
        Assert.Equal(
            "bb",
            Convert.ToHexStringLower(
                Signature.Given(Headers((Gitea, Digits), (Forgejo, new string('b', 64)))).IfNone([])
            )[..2]
        );
    }

    internal static byte[] Sign(string secret, byte[] body) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body);

    internal static Func<string, LanguageExt.Option<string>> Headers(params (string Name, string Value)[] headers) =>
        name => headers.ToSeq().Find(header => header.Name == name).Map(header => header.Value);

    private static string Secret(NonEmptyString text) => Convert.ToHexString(Encoding.Unicode.GetBytes(text.Get));

    private static byte[] Flipped(byte[] bytes, int place)
    {
        var changed = bytes.ToArray();
        changed[place % bytes.Length] ^= (byte)(1 << (place % 8));
        return changed;
    }
}
