using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Kennel.Tests.Forge;

/// <summary>A delivery that a forge sent, with its headers where they were recorded.</summary>
/// <param name="File">Its file, below the folder of all samples.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Secret">The secret it was signed with, where it has a signature.</param>
/// <param name="Body">Its body.</param>
internal sealed record Sample(string File, Map<string, string> Headers, LanguageExt.Option<string> Secret, byte[] Body)
{
    private const string RecordedSecret = "capture-secret";

    internal static string Directory => Path.Combine(Repository(), "../shared/specs/webhooks");

    internal static Seq<Sample> All =>
        System
            .IO.Directory.EnumerateFiles(Directory, "*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(Read)
            .ToSeq()
            .Strict();

    internal LanguageExt.Option<string> Header(string name) => Headers.Find(name.ToLowerInvariant());

    private static Sample Read(string path)
    {
        var file = Path.GetRelativePath(Directory, path);
        var bytes = System.IO.File.ReadAllBytes(path);
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        if (!root.TryGetProperty("headers", out var headers))
            return new Sample(file, toMap([($"x-{Server(file)}-event", EventOf(file, root))]), None, bytes);
        var secret = root.TryGetProperty("secret", out var given) ? given.GetString()! : RecordedSecret;
        return new Sample(
            file,
            toMap(headers.EnumerateObject().Select(it => (it.Name.ToLowerInvariant(), it.Value.GetString()!))),
            secret,
            Encoding.UTF8.GetBytes(root.GetProperty("body").GetString()!)
        );
    }

    private static string Server(string file) => file.Split('-')[0];

    // The other samples are bare bodies; what they were sent as is told by what is in them.
    private static string EventOf(string file, JsonElement body) =>
        Has(body, "zen") ? "ping"
        : Has(body, "ref_type") ? (file.Contains("delete", StringComparison.Ordinal) ? "delete" : "create")
        : Has(body, "after") && Has(body, "pusher") ? "push"
        : Has(body, "pull_request") ? "pull_request"
        : Has(body, "comment") ? "issue_comment"
        : Has(body, "issue") ? "issues"
        : Has(body, "release") ? "release"
        : Has(body, "forkee") ? "fork"
        : "repository";

    private static bool Has(JsonElement body, string key) => body.TryGetProperty(key, out _);

    private static string Repository([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));
}

internal sealed class SamplesFactAttribute : FactAttribute
{
    public SamplesFactAttribute()
    {
        if (!System.IO.Directory.Exists(Sample.Directory))
            Skip = "no ../shared/specs";
    }
}
