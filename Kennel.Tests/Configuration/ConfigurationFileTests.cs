using Kennel.Shell.Configuration;

namespace Kennel.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    [Fact]
    public void A_file_that_was_named_must_be_there()
    {
        var problems = ConfigurationFile.Load("/nonexistent/kennel.json").Match(_ => "", it => $"{it.Head()}");

        Assert.Equal("/nonexistent/kennel.json: got no file; expected the configuration file to be there", problems);
    }

    [Fact]
    public void A_file_is_read_with_its_path_in_front_of_every_problem()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, """{ "sokcet": "/run/x" }""");

        var problems = ConfigurationFile.Load(path).Match(_ => "", it => $"{it.Head()}");

        File.Delete(path);
        Assert.StartsWith($"{path}: sokcet: ", problems);
        Assert.EndsWith("did you mean socket?", problems);
    }
}
