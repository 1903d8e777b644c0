using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Shell.Nix;

/// <summary>What <c>devenv build</c> prints: a JSON object since version 2, bare store paths before.</summary>
internal static class DevenvOutput
{
    private const string Where = "devenv build";

    /// <summary>The store path that was built for an attribute.</summary>
    internal static Option<StorePath> Path(string output, string attribute) =>
        (output.TrimStart().StartsWith('{') ? InObject(output, attribute) : LastLine(output)).Bind(text =>
            StorePath.Parse(Where, text).ToOption()
        );

    private static Option<string> InObject(string output, string attribute) =>
        JsonNode
            .Parse(Where, output, ManifestReader.SizeBytesMax)
            .Bind(node => JsonFields.Of(Where, node))
            .ToOption()
            .Bind(fields => fields.Values.Find(attribute) | OnlyValue(fields))
            .Bind(node => node is JsonNode.Text text ? Some(text.Value) : None);

    private static Option<JsonNode> OnlyValue(JsonFields fields) =>
        fields.Values.Count == 1 ? fields.Values.Values.HeadOrNone() : None;

    private static Option<string> LastLine(string output) =>
        output
            .Split('\n')
            .Select(line => line.Trim())
            .ToSeq()
            .Filter(line => line.StartsWith("/nix/store/", StringComparison.Ordinal))
            .LastOrNone();
}
