using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Secrets;
using Kennel.Tests.Secrets;

namespace Kennel.Tests.Nix;

/// <summary>What a project declares of its secrets, in the file that its build leaves.</summary>
public sealed class SecretResultTests
{
    private const string Manifest = """{ "services": {} }""";

    [Fact]
    public void What_is_declared_comes_with_the_manifest()
    {
        var declared = Specifications.Files((SecretFilePath.Root, Specifications.File("""{ "prod": { "A": {} } }""")));

        var built = Assert.IsType<BuildResult.Built>(BuildResultText.Read(Text(declared)));

        Assert.Equal(Some(declared), built.SecretsText);
        Assert.Equal(Some(true), built.Secrets.Map(it => it.Profiles.ContainsKey("prod")));
        Assert.Equal(Text(declared), BuildResultText.Of(built));
    }

    [Fact]
    public void A_project_may_declare_none() =>
        Assert.Equal(None, Assert.IsType<BuildResult.Built>(BuildResultText.Read(Text(None))).Secrets);

    [Fact]
    public void What_is_wrong_with_it_makes_its_own_build_fail_and_no_more() =>
        Assert.IsType<Cause.ResultInvalid>(
            Assert.IsType<BuildResult.Failed>(BuildResultText.Read(Text("""{ "secretspec.toml": {} }"""))).Cause
        );

    private static string Text(LanguageExt.Option<string> declared) =>
        BuildResultText.Built(Manifest, Map<ComponentName, StorePath>(), Map<ComponentName, string>(), declared);
}
