using System.CommandLine;
using Kennel.Core.Views;
using Kennel.Shell.Commands.Text;

namespace Kennel.Shell.Commands;

/// <summary><c>kennel cancel</c>.</summary>
internal static class CancelCommand
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    public static Command Cancel(Terminal terminal)
    {
        var build = new Argument<long>("BUILD") { Description = "The build's number." };
        var wait = new System.CommandLine.Option<bool>("--wait", "-w")
        {
            Description = "Wait until it has ended; fail if it ended in another way.",
        };
        var command = new Command(
            "cancel",
            "Cancel a build that is queued or runs.\n\nExample: kennel cancel 7 --wait"
        );
        command.Add(build);
        command.Add(wait);
        Invocation.Run(
            command,
            terminal,
            async (parsed, call) =>
            {
                var path = $"builds/{parsed.GetRequiredValue(build)}/cancel";
                var marked = await call.Client.Post<BuildView>(path, null, call.Cancellation);
                return parsed.GetValue(wait)
                    ? await marked.Match(view => Follow(call, view), problem => Task.FromResult(call.Fail(problem)))
                    : call.Print(marked, Lines);
            }
        );
        return command;
    }

    private static async Task<int> Follow(Invocation call, BuildView build)
    {
        while (!build.IsEnded)
        {
            await Task.Delay(LookInterval, call.Cancellation);
            var answer = await call.Client.Get<BuildView>($"builds/{build.Id}", call.Cancellation);
            if (answer.IsLeft)
            {
                return call.Print(answer, Lines);
            }
            build = answer.IfLeft(build);
        }
        call.Print<BuildView>(build, Lines);
        return build.State == "cancelled" ? ExitCode.Done : ExitCode.Failed;
    }

    private static Seq<Line> Lines(BuildView build) =>
        Seq1(
            Line.Of(
                build.IsEnded
                    ? $"Build {build.Id} of {build.Project}/{build.Branch} is {build.State}."
                    : $"Build {build.Id} of {build.Project}/{build.Branch} is being stopped."
            )
        );
}
