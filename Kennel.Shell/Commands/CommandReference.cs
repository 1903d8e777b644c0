using System.CommandLine;
using System.CommandLine.Help;

namespace Kennel.Shell.Commands;

/// <summary>The reference page of the command line, made from the command tree itself.</summary>
public static class CommandReference
{
    private const string Introduction = """
        # The command `kennel`

        Commands talk to the daemon over `/run/kennel/kennel.sock` (option `socket` of the configuration), which is for
        root and the members of group `kennel`. `kennel plan` works without the daemon too.

        Standard output has the answer, standard error has everything else: errors, each with what to do next, and what
        happens while `--wait` waits. On a terminal there are colours (not with `NO_COLOR` set); everywhere else the
        text is plain. A branch is written as its name, a pull request as `#` and its number.

        With `--json` the answer is JSON: names in camelCase, times in ISO 8601 with an offset, an absent value as
        `null`, lists as arrays. Errors are then JSON on standard error, with `code`, `title`, `detail`, `remedy` and
        `problems`. Members may be added; those that are there keep their name and meaning. `kennel logs --json` prints
        an object for each line.

        ## Exit codes

        | code | meaning |
        | --- | --- |
        | 0 | it did what was asked; with `plan --detailed-exitcode`: nothing to do |
        | 1 | it failed or was refused; standard error says why and what to do |
        | 2 | `plan --detailed-exitcode` only: there are changes |
        | 64 | the command line itself is wrong |
        | 130 | interrupted by Ctrl-C; what was asked for goes on in the daemon |

        `kennel deploy --wait` exits with 0 only when everything is live. `kennel reconcile` exits with 1 when a step
        failed. `kennel cancel --wait` exits with 1 when the build ended in another way. `kennel project remove` without
        `--yes` exits with 64 where nobody can be asked. A warning, such as that of `kennel project add` where Forgejo
        does not answer, goes to standard error and changes no exit code; with `--json` the answer has it.

        """;

    /// <summary>The whole page, in Markdown.</summary>
    public static string Page(RootCommand root) =>
        Introduction
        + "\n## Options of every command\n\n"
        + Table(root.Options.Where(option => option is not HelpOption))
        + string.Concat(root.Subcommands.SelectMany(command => Sections("kennel", command)));

    private static IEnumerable<string> Sections(string path, Command command)
    {
        if (command.Hidden)
        {
            return [];
        }
        var name = $"{path} {command.Name}";
        var below = command.Subcommands.SelectMany(subcommand => Sections(name, subcommand));
        return command.Action is null ? below : [Section(name, command), .. below];
    }

    private static string Section(string name, Command command)
    {
        var parts = (command.Description ?? string.Empty).Split("\n\nExample: ");
        var arguments = string.Concat(command.Arguments.Select(argument => " " + Placeholder(argument)));
        var given = Arguments(command.Arguments) + Table(command.Options);
        return $"\n## `{name}{arguments}`\n\n{parts[0]}\n"
            + (given.Length == 0 ? string.Empty : $"\n{given}")
            + $"\n    {parts[^1]}\n";
    }

    private static string Placeholder(Argument argument) =>
        argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name;

    private static string Arguments(IEnumerable<Argument> arguments) =>
        string.Concat(arguments.Select(argument => $"- `{Placeholder(argument)}`: {argument.Description}\n"));

    private static string Table(IEnumerable<Option> options) =>
        string.Concat(options.Where(option => !option.Hidden).Select(Row));

    private static string Row(Option option)
    {
        var names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(alias => $"`{alias}`"));
        var value = option.HelpName is { } help ? $" {help}" : string.Empty;
        var needed = option.Required ? " Required." : string.Empty;
        var otherwise =
            option.HasDefaultValue && option.GetDefaultValue() is string text ? $" Default: `{text}`." : string.Empty;
        return $"- {names}{value}: {option.Description}{needed}{otherwise}\n";
    }
}
