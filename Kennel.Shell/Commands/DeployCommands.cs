using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel deploy</c> and <c>kennel remove</c>.</summary>
internal static class DeployCommands
{
    public static Command Deploy(Terminal terminal)
    {
        var project = Options.Project();
        var branch = Options.Branch();
        var commit = new Argument<string?>("COMMIT")
        {
            Description = "A full commit id; the branch's head where none is named.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var wait = new System.CommandLine.Option<bool>("--wait", "-w")
        {
            Description = "Follow it until it is live; fail if it does not get there.",
        };
        var command = new Command(
            "deploy",
            "Build a branch and put it live.\n\nExample: kennel deploy hello main --wait"
        );
        command.Add(project);
        command.Add(branch);
        command.Add(commit);
        command.Add(wait);
        Invocation.Run(
            command,
            terminal,
            (parsed, call) =>
                Deploy(
                    call,
                    parsed.GetRequiredValue(project),
                    new DeployRequest(parsed.GetRequiredValue(branch), parsed.GetValue(commit)),
                    parsed.GetValue(wait)
                )
        );
        return command;
    }

    public static Command Remove(Terminal terminal)
    {
        var project = Options.Project();
        var branch = Options.Branch();
        var command = new Command(
            "remove",
            "Remove the deployments of a branch with their data.\n\nExample: kennel remove hello feature/x"
        );
        command.Add(project);
        command.Add(branch);
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
            {
                var (name, given) = (parsed.GetRequiredValue(project), parsed.GetRequiredValue(branch));
                var path = Invocation.Path($"projects/{Uri.EscapeDataString(name)}/branches", ("branch", given));
                return call.Print(
                    await call.Client.Delete<BranchRemovalView>(path, call.Cancellation),
                    removal =>
                        Seq1(
                            Line.Of(
                                $"{removal.Project}/{removal.Branch} is being removed; kennel plan shows what is left to do."
                            )
                        )
                );
            }
        );
        return command;
    }

    private static Seq<Line> Queued(BuildView build) =>
        Joined(
            Seq1(Line.Of($"Build {build.Id} of {build.Project}/{build.Branch} is {build.State}.")),
            build
                .WaitsForPin.ToSeq()
                .Map(pin =>
                    Line.Of(
                        $"The branch is pinned to build {pin}: this one is built and waits for kennel unpin {build.Project}/{build.Branch}."
                    )
                ),
            Seq1(Line.Of($"Follow it with: kennel logs --build {build.Id} -f", Tone.Faint))
        );

    private static async Task<int> Deploy(Invocation call, string project, DeployRequest request, bool isWaiting)
    {
        var path = $"projects/{Uri.EscapeDataString(project)}/deploy";
        var queued = await call.Client.Post<BuildView>(path, request, call.Cancellation);
        return isWaiting
            ? await queued.Match(
                build => new DeployWait(call, build).Follow(),
                problem => Task.FromResult(call.Fail(problem))
            )
            : call.Print(queued, Queued);
    }
}
