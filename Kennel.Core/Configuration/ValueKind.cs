using System.Text.Json;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Configuration;

/// <summary>A kind of value in the configuration: how it is called, read and shown.</summary>
/// <typeparam name="T">What it is read into.</typeparam>
/// <param name="Type">The type, for people.</param>
/// <param name="Allowed">What is accepted, for people.</param>
/// <param name="Read">Reads it, or says nothing when it is not acceptable.</param>
/// <param name="Show">The value as it would be written in the file.</param>
public sealed record ValueKind<T>(string Type, string Allowed, Func<JsonElement, Option<T>> Read, Func<T, string> Show);

/// <summary>The kinds of values.</summary>
public static partial class ValueKinds
{
    private static readonly Seq<string> KnownProtocols = Seq("file", "git", "http", "https", "ssh");

    /// <summary>A TCP port.</summary>
    public static readonly ValueKind<Port> PortNumber = new(
        "port",
        "a port from 1 to 65535",
        element => Number(element).Bind(number => Port.Parse("", number).ToOption()),
        port => port.ToString()
    );

    /// <summary>The absolute path of a file or directory.</summary>
    public static readonly ValueKind<string> Path = new(
        "path",
        "an absolute path without \"..\"",
        element => Text(element).Filter(IsPath),
        Quote
    );

    /// <summary>A path, or nothing.</summary>
    public static readonly ValueKind<Option<string>> OptionalPath = new(
        "path or null",
        "an absolute path without \"..\", or null",
        element =>
            element.ValueKind == JsonValueKind.Null || Text(element) == Some("")
                ? Some(Option<string>.None)
                : Path.Read(element).Map(Some),
        path => path.Match(Quote, () => "null")
    );

    /// <summary>An IP address to listen on.</summary>
    public static readonly ValueKind<string> ListenAddress = new(
        "address",
        "an IP address such as 127.0.0.1 or ::1, or \"localhost\"",
        element => Text(element).Filter(text => text == "localhost" || System.Net.IPAddress.TryParse(text, out _)),
        Quote
    );

    /// <summary>A domain.</summary>
    public static readonly ValueKind<HostName> Domain = new(
        "domain",
        "a host name such as \"apps.example.org\"",
        element => Text(element).Bind(text => HostName.Parse("", text).ToOption()),
        host => Quote(host.Value)
    );

    /// <summary>Caddy's admin endpoint.</summary>
    public static readonly ValueKind<string> AdminUrl = new(
        "url",
        "\"http://host:port\" or \"unix//absolute/path\"",
        element => Text(element).Filter(IsAdminUrl),
        Quote
    );

    /// <summary>Where a web server is, or nothing; a slash at the end is taken away.</summary>
    public static readonly ValueKind<Option<string>> OptionalWebUrl = new(
        "url or null",
        "\"https://host\" or \"http://host:port\", also with a path, without user name and query, or null",
        element =>
            element.ValueKind == JsonValueKind.Null
                ? Some(Option<string>.None)
                : Text(element).Filter(IsWebUrl).Map(text => Some(text.TrimEnd('/'))),
        url => url.Match(Quote, () => "null")
    );

    /// <summary>Owners of repositories.</summary>
    public static readonly ValueKind<Seq<string>> Owners = new(
        "list of text",
        "a list of users or organisations, such as [\"club\"]",
        element => Texts(element).Filter(owners => owners.ForAll(owner => OwnerName().IsMatch(owner))),
        List
    );

    /// <summary>Protocols of clone URLs.</summary>
    public static readonly ValueKind<Seq<string>> Protocols = new(
        "list of text",
        $"a list of any of {string.Join(", ", KnownProtocols.Map(Quote))}, not empty",
        element => Texts(element).Filter(AreProtocols),
        List
    );

    /// <summary>A whole number within bounds.</summary>
    public static ValueKind<int> Whole(int min, int max) =>
        new(
            "number",
            $"a whole number from {min} to {max}",
            element => Number(element).Filter(number => number >= min && number <= max).Map(number => (int)number),
            number => $"{number}"
        );

    /// <summary>A large whole number within bounds.</summary>
    public static ValueKind<long> Large(long min, long max) =>
        new(
            "number",
            $"a whole number from {min} to {max}",
            element => Number(element).Filter(number => number >= min && number <= max),
            number => $"{number}"
        );

    private static Option<string> Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { } text ? Some(text) : None;

    private static Option<Seq<string>> Texts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array
            ? element.EnumerateArray().Select(Text).ToSeq().Sequence().Map(texts => texts.Strict())
            : None;

    private static Option<long> Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? Some(number) : None;

    private static bool IsPath(string text) =>
        text.StartsWith('/') && !text.Any(char.IsControl) && !text.Split('/').Contains("..");

    private static bool IsAdminUrl(string text) =>
        text.StartsWith("unix/", StringComparison.Ordinal)
            ? IsPath(text["unix/".Length..]) && text.Length > "unix//".Length
            : HttpUrl().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _);

    private static bool IsWebUrl(string text) => WebUrl().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out _);

    private static bool AreProtocols(Seq<string> protocols) =>
        !protocols.IsEmpty && protocols.ForAll(protocol => KnownProtocols.Contains(protocol));

    private static string List(Seq<string> texts) => $"[{string.Join(", ", texts.Map(Quote))}]";

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    [GeneratedRegex(@"\Ahttp://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?/?\z")]
    private static partial Regex HttpUrl();

    [GeneratedRegex(@"\Ahttps?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?\z")]
    private static partial Regex WebUrl();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex OwnerName();
}
