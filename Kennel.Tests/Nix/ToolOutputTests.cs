using Kennel.Shell.Nix;

namespace Kennel.Tests.Nix;

public sealed class ToolOutputTests
{
    private const string Config = "/nix/store/gd39729max2mpzmr2jb4g4zikkx2i8y8-kennel-config";
    private const string Other = "/nix/store/a8zbmwccf3d3i2nz7k302phjs33yvr9f-other";

    [Theory]
    [InlineData($"{Config}\n")]
    [InlineData($"some words\n{Other}\n{Config}\n\n")]
    [InlineData($"{{\n  \"scottylabs.kennel.config\": \"{Config}\"\n}}\n")]
    [InlineData($"{{\"scottylabs.kennel.config\":\"{Config}\",\"more\":\"{Other}\"}}")]
    [InlineData($"{{\"config\":\"{Config}\"}}")]
    public void Every_devenv_tells_the_path_in_its_own_way(string output) =>
        Assert.Equal(Some(Config), DevenvOutput.Path(output, "scottylabs.kennel.config").Map(path => path.Value));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"a\":\"x\",\"b\":\"y\"}")]
    [InlineData("{\"scottylabs.kennel.config\":\"/etc/passwd\"}")]
    [InlineData("{\"scottylabs.kennel.config\":1}")]
    [InlineData("/nix/store/short\n")]
    [InlineData("{ broken")]
    public void What_is_no_store_path_is_none(string output) =>
        Assert.Equal(None, DevenvOutput.Path(output, "scottylabs.kennel.config").Map(path => path.Value));

    [Theory]
    [InlineData($$$"""[{"drvPath":"x","outputs":{"out":"{{{Config}}}"}}]""")]
    [InlineData($$$"""[{"outputs":{"dev":"{{{Other}}}","out":"{{{Config}}}"}}]""")]
    [InlineData($$$"""[{"outputs":{"out":"{{{Other}}}","bin":"{{{Config}}}"}}]""")]
    [InlineData($$$"""[{"outputs":{"lib":"{{{Config}}}"}}]""")]
    public void A_package_is_the_output_with_its_programs(string output) =>
        Assert.Equal(Some(Config), NixOutput.Path(output).Map(path => path.Value));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""[{"outputs":{}}]""")]
    [InlineData("""[{"outputs":{"out":null}}]""")]
    public void A_package_that_was_not_built_has_none(string output) =>
        Assert.Equal(None, NixOutput.Path(output).Map(path => path.Value));
}
