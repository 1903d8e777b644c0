using Kennel.Core.Secrets;

namespace Kennel.Tests.Secrets;

public sealed class RealFileTests
{
    private static readonly Seq<string> Profiles = Seq("prod", "staging", "dev", "preview");

    [TomlFact]
    public void Every_real_file_means_what_the_table_says() =>
        Golden.Holds(
            "Kennel.Tests/Secrets/real-files.golden.txt",
            string.Join('\n', TomlFiles.All.Select(file => $"{Title(file)}\n{Shown(file)}"))
        );

    private static string Title(string file) => Path.GetRelativePath(TomlFiles.Directory, file);

    private static string Shown(string file) =>
        SecretSpecification
            .Read($$"""{ "secretspec.toml": {{TomlFiles.Json(file).IfNone("")}} }""")
            .Match(
                specification =>
                    string.Join('\n', Profiles.Map(profile => $"    {profile}: {Shown(specification, profile)}")),
                problems => $"    {string.Join("\n    ", problems)}"
            );

    private static string Shown(SecretSpecification specification, string profile) =>
        SecretPlanning
            .Plan(specification, new SecretTerms(new SecretOwner("p", profile), Seq1("shared"), Map<string, string>()))
            .Match(plan => string.Join(", ", plan.Secrets.Map(Shown)), problems => string.Join("\n        ", problems));

    private static string Shown(PlannedSecret secret) =>
        secret.Name.Value
        + secret.Need switch
        {
            SecretNeed.Required => secret.Default.IsSome ? "" : "!",
            SecretNeed.Optional => "",
            SecretNeed.Member member => $" of {string.Join(", ", member.Groups.Map(it => it.Group))}",
            _ => throw new System.Diagnostics.UnreachableException(),
        }
        + secret.Default.Match(text => $"={text}", () => "")
        + (secret.AsPath ? " as file" : "")
        + (
            secret.Source is SecretSource.Stored { Address.Field: not SecretAddress.UsualField } at
                ? $" at {at.Address}"
                : ""
        );
}
