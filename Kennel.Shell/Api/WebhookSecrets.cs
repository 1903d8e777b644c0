using Kennel.Core.Forge;

namespace Kennel.Shell.Api;

/// <summary>The files that hold the secrets of webhooks. They are read each time: a new secret counts at once.</summary>
internal sealed class WebhookSecrets(Option<string> common)
{
    private const int LettersMax = 64 << 10;

    /// <summary>The secrets for a project with such a file of its own, or why they cannot be had.</summary>
    internal Either<string, Seq<WebhookSecret>> For(Option<string> own) =>
        (own | common).Match(
            Read,
            () => Left<string, Seq<WebhookSecret>>("there is no secret: set webhookSecretFile in the configuration")
        );

    private static Either<string, Seq<WebhookSecret>> Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var letters = new char[LettersMax];
            var secrets = WebhookSecret.Of(new string(letters, 0, reader.ReadBlock(letters)));
            return secrets.IsEmpty ? $"{path} holds no secret" : secrets;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read: {error.Message}";
        }
    }
}
