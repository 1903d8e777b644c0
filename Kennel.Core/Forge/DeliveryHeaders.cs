using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Forge;

/// <summary>What the headers of a delivery say of it.</summary>
/// <param name="Event">The event's name.</param>
/// <param name="Delivery">The forge's own id of the delivery, or a digest of it where the forge gives none.</param>
public sealed partial record DeliveryHeaders(string Event, string Delivery)
{
    private static readonly Seq<string> Servers = Seq("Forgejo", "Gitea", "Gogs", "GitHub");

    /// <summary>Reads the headers; the first server's name that there is a header for decides.</summary>
    /// <param name="header">Finds a header by its name.</param>
    /// <param name="body">The body.</param>
    public static Validation<Problem, DeliveryHeaders> Read(
        Func<string, Option<string>> header,
        ReadOnlyMemory<byte> body
    ) =>
        EventName(header)
            .Bind(name =>
                First(header, "Delivery")
                    .Filter(id => id.Length > 0)
                    .Match(
                        id => Id(id).Map(it => new DeliveryHeaders(name, it)),
                        () => Success<Problem, DeliveryHeaders>(new DeliveryHeaders(name, DigestOf(name, body.Span)))
                    )
            );

    private static Validation<Problem, string> EventName(Func<string, Option<string>> header) =>
        First(header, "Event").IfNone("") is { Length: > 0 } name && NamePattern().IsMatch(name)
            ? Success<Problem, string>(name)
            : Fail<Problem, string>(
                Problem.Of(
                    "X-Forgejo-Event",
                    First(header, "Event").IfNone("nothing"),
                    "the name of an event, such as push (or in X-Gitea-Event, X-Gogs-Event, X-GitHub-Event)"
                )
            );

    private static Validation<Problem, string> Id(string id) =>
        IdPattern().IsMatch(id)
            ? Success<Problem, string>(id)
            : Fail<Problem, string>(
                Problem.Of("X-Forgejo-Delivery", id, "an id of at most 100 letters, digits and hyphens")
            );

    private static Option<string> First(Func<string, Option<string>> header, string what) =>
        Servers.Map(server => header($"X-{server}-{what}")).Somes().HeadOrNone();

    private static string DigestOf(string name, ReadOnlySpan<byte> body)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
        digest.AppendData(body);
        return "sha256-" + Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    [GeneratedRegex(@"\A[a-z0-9_-]{1,64}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,100}\z")]
    private static partial Regex IdPattern();
}
