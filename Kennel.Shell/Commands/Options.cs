using System.CommandLine;

namespace Kennel.Shell.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class Options
{
    public static readonly System.CommandLine.Option<string?> Configuration = new("--config")
    {
        Description = "The configuration file; /etc/kennel/config.json where it is not named.",
        HelpName = "PATH",
        Recursive = true,
    };

    public static readonly System.CommandLine.Option<bool> Json = new("--json")
    {
        Description = "Print JSON (camelCase) instead of text.",
        Recursive = true,
    };

    public static Argument<string> Project() => new("PROJECT") { Description = "A registered project." };

    public static Argument<string?> OptionalProject() =>
        new("PROJECT") { Description = "Only this project's.", Arity = ArgumentArity.ZeroOrOne };

    public static Argument<string> Branch() =>
        new("BRANCH") { Description = "A branch, or # and a pull request's number (quote it: '#42')." };

    public static System.CommandLine.Option<bool> Follow() =>
        new("--follow", "-f") { Description = "Go on until the build has nothing more to say." };
}
