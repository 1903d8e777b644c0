using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Shell.Nix;

/// <summary>What <c>nix build --json</c> prints for one package.</summary>
internal static class NixOutput
{
    private const string Where = "nix build";
    private const int SizeBytesMax = 1 << 20;

    /// <summary>The store path with the programs: the output <c>bin</c>, else <c>out</c>, else the first.</summary>
    internal static Option<StorePath> Path(string output) =>
        JsonNode
            .Parse(Where, output, SizeBytesMax)
            .Bind(JsonFields.ListOf(JsonFields.Of).Curry(Where))
            .Bind(results => results.Map(result => result.Require("outputs", Outputs)).Strict().Collect())
            .ToOption()
            .Bind(results => results.HeadOrNone())
            .Bind(outputs => outputs.Find("bin") | outputs.Find("out") | outputs.Values.HeadOrNone());

    private static Validation<Problem, Map<string, StorePath>> Outputs(string where, JsonNode node) =>
        JsonFields.TableOf(
            (_, name) => Success<Problem, string>(name),
            (place, value) => JsonFields.Text(place, value).Bind(text => StorePath.Parse(place, text))
        )(where, node);

    private static Func<JsonNode, Validation<Problem, T>> Curry<T>(
        this Func<string, JsonNode, Validation<Problem, T>> read,
        string where
    ) => node => read(where, node);
}
