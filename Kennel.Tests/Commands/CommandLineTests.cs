using Kennel.Core.Planning;
using Kennel.Shell.Commands;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private static readonly Plan WithChanges = Scene.NoPlan with
    {
        Strands = Seq1(
            new Strand(
                new Subject.Host(),
                Seq1(new PlannedAction(new Subject.Host(), new Action.StopUnit(Scene.ApiUnit), "it is surplus"))
            )
        ),
    };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kennel-cli");
    private readonly string _configuration;

    public CommandLineTests() =>
        _configuration = CommandLine.Configure(_directory.FullName, Path.Combine(_directory.FullName, "none.sock"));

    public void Dispose() => _directory.Delete(recursive: true);

    private Task<CommandLine> Run(Plan? plan, params string[] arguments) =>
        CommandLine.Run(CommandLine.Parts(plan), ["--config", _configuration, .. arguments]);

    [Fact]
    public void The_reference_page_is_made_from_the_command_tree() =>
        Golden.Holds(
            "docs/reference/cli.md",
            CommandReference.Page(
                CommandTree.Root(
                    CommandLine.Parts(),
                    Terminal.OfStreams(TextReader.Null, TextWriter.Null, TextWriter.Null)
                )
            )
        );

    [Fact]
    public async Task Without_a_daemon_a_command_says_how_to_look_after_it()
    {
        var run = await Run(null, "status");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("error (daemon-unreachable): There is no /", run.Error);
        Assert.Contains("systemctl status kennel", run.Error);
    }

    [Fact]
    public async Task A_plan_is_shown_without_a_daemon()
    {
        var run = await Run(WithChanges, "plan");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains($"- stop {Scene.ApiUnit} (it is surplus)", run.Output);
        Assert.Contains("Plan: 0 to add, 0 to change, 1 to remove.", run.Output);
        Assert.Contains("The daemon is not running", run.Error);
    }

    [Fact]
    public async Task A_detailed_exit_code_tells_changes_from_none()
    {
        Assert.Equal(ExitCode.Changes, (await Run(WithChanges, "plan", "--detailed-exitcode")).ExitCode);
        Assert.Equal(ExitCode.Done, (await Run(null, "plan", "--detailed-exitcode")).ExitCode);
    }

    [Fact]
    public async Task A_plan_in_json_has_camel_case_names()
    {
        var run = await Run(WithChanges, "plan", "--json");
        using var json = System.Text.Json.JsonDocument.Parse(run.Output);

        Assert.True(json.RootElement.GetProperty("hasChanges").GetBoolean());
        Assert.Equal("stop-unit", json.RootElement.GetProperty("steps")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("deploy", "hello")]
    [InlineData("depoly", "hello", "main")]
    [InlineData("logs")]
    [InlineData("builds", "show", "seven")]
    [InlineData("plan", "--jsno")]
    public async Task A_wrong_command_line_is_refused_before_anything_is_asked(params string[] arguments)
    {
        var run = await Run(null, arguments);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith("error (usage): ", run.Error);
        Assert.Contains("--help", run.Error);
    }

    [Fact]
    public async Task A_title_without_a_branch_is_refused()
    {
        var run = await Run(null, "why", "hello");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("kennel why hello/main", run.Error);
    }

    [Fact]
    public async Task Removing_a_project_needs_a_yes_where_nobody_can_be_asked()
    {
        var run = await Run(null, "project", "remove", "hello");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("Add --yes.", run.Error);
    }

    [Theory]
    [InlineData("y\n", "Nothing was removed.")]
    [InlineData("", "Nothing was removed.")]
    [InlineData("hello\n", "error (daemon-unreachable)")]
    public async Task A_person_types_the_name_of_the_project_that_is_to_go(string typed, string told)
    {
        using var error = new StringWriter();
        var terminal = Terminal.OfPerson(new StringReader(typed), TextWriter.Null, error);
        var code = await CommandTree.Run(
            ["--config", _configuration, "project", "remove", "hello"],
            CommandLine.Parts(),
            terminal,
            CancellationToken.None
        );

        Assert.Equal(ExitCode.Failed, code);
        Assert.StartsWith("hello goes with all its deployments and their data. Type its name to go on: ", $"{error}");
        Assert.Contains(told, $"{error}");
    }

    [Fact]
    public async Task A_wrong_configuration_is_told_whole()
    {
        File.WriteAllText(_configuration, """{ "sokcet": "/x", "ports": { "first": 0 } }""");

        var run = await Run(null, "serve");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("did you mean socket?", run.Error);
        Assert.Contains("ports.first: got \"0\"; expected a port from 1 to 65535", run.Error);
    }

    [Fact]
    public async Task The_program_of_a_build_unit_gets_its_arguments_as_they_are() =>
        Assert.Equal(
            4,
            (await CommandLine.Run(CommandLine.Parts(), "build-step", "7", "--title", "a b", "-x")).ExitCode
        );
}
