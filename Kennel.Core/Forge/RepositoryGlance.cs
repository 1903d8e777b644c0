using System.Text.Json;

namespace Kennel.Core.Forge;

/// <summary>
/// Which repository a delivery claims to be about, before its signature is looked at: only good for choosing the
/// secret.
/// </summary>
/// <param name="Id">The forge's number of it.</param>
/// <param name="Locations">Where it says it can be cloned from.</param>
public sealed record RepositoryGlance(Option<long> Id, Seq<RepositoryLocation> Locations)
{
    private static readonly Seq<string> UrlKeys = Seq("clone_url", "ssh_url");

    /// <summary>Looks for the repository only; nothing of the rest is kept.</summary>
    public static Option<RepositoryGlance> Of(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = ForgeEvents.Strict.MaxDepth });
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? In(ref reader) : None;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return None;
        }
    }

    private static Option<RepositoryGlance> In(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals("repository"u8);
            reader.Read();
            if (isIt && reader.TokenType == JsonTokenType.StartObject)
            {
                using var found = JsonDocument.ParseValue(ref reader);
                return Of(new ForgeFields("repository", found.RootElement));
            }
            reader.Skip();
        }
        return None;
    }

    private static RepositoryGlance Of(ForgeFields repository) =>
        new(
            repository.OptionalWhole("id", 1, long.MaxValue).ToOption().Flatten(),
            UrlKeys
                .Map(key => repository.OptionalText(key).ToOption().Flatten().Bind(RepositoryLocation.Of))
                .Somes()
                .Strict()
        );
}
