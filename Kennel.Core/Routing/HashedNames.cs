namespace Kennel.Core.Routing;

/// <summary>
/// Which files have a hash of their content in their name, so that browsers may keep them for ever. A hash that is
/// missed costs one question to the server; a word that is taken for a hash shows old content for a year. So the rules are
/// narrow: eight or more hexadecimal digits (Parcel, webpack, Next.js, hashed by hand), or exactly eight letters and digits
/// among them a capital and a digit that a letter follows (esbuild, Vite, Rollup); <c>iPhone13</c> and
/// <c>20240131</c> are none.
/// </summary>
internal static class HashedNames
{
    private const string Endings = @"(\\.[a-z0-9]+)+$";
    private const string Pages = """{ "path": ["*.html", "*.htm"] }""";

    /// <summary>The sets of a matcher.</summary>
    public static string Match =>
        $$$"""
            {
              "path_regexp": { "pattern": "[._-][0-9a-f]{8,64}{{{Endings}}}" },
              "not": [{ "path_regexp": { "pattern": "[._-]([0-9]+|[a-f]+){{{Endings}}}" } }, {{{Pages}}}]
            },
            {
              "path_regexp": { "pattern": "[._-][A-Za-z0-9_-]{8}{{{Endings}}}" },
              "not": [{{{Without("[A-Z][A-Za-z0-9_-]{0,7}")}}}, {{{Without(
                "[0-9][A-Z0-9a-z_-]{0,6}[A-Za-z][A-Za-z0-9_-]{0,6}"
            )}}}, {{{Pages}}}]
            }
            """;

    private static string Without(string pattern) =>
        $$$"""{ "not": [{ "path_regexp": { "pattern": "{{{pattern}}}{{{Endings}}}" } }] }""";
}
