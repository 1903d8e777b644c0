using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Routing;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Reconcile;

/// <summary>
/// Kills this process at effect after effect, for tests on a real host. The first line of the file says when:
/// <c>before 2 5 sleep</c> is before an effect, once two have passed, and again each time that five have passed after a
/// start; the rest tells one such line from another. What was done and where it died is added to the file, so that it
/// dies at each effect once; the file is the test's to remove.
/// </summary>
/// <param name="path">The file; it may appear and change while the program runs.</param>
/// <param name="kill">Ends this process.</param>
public sealed class FaultFile(string path, System.Action kill) : IFaultHook
{
    // Strands run side by side.
    private readonly Lock turn = new();
    private readonly System.Collections.Generic.HashSet<Action> begun = new(ReferenceEqualityComparer.Instance);
    private string order = "";
    private int passed;

    /// <summary>Ends this process as the kernel would, with no chance to put anything right.</summary>
    public static void KillSelf()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <inheritdoc/>
    public Option<Effect> Before(Action action)
    {
        lock (turn)
        {
            if (!Read(out var lines))
                return None;
            begun.Add(action);
            DieAt("before", action, lines);
            return None;
        }
    }

    /// <inheritdoc/>
    public Effect After(Action action, Effect effect)
    {
        lock (turn)
        {
            if (!begun.Remove(action) || !Read(out var lines))
                return effect;
            Add($"did {NameOf(action)}");
            DieAt("after", action, lines);
            passed++;
            return effect;
        }
    }

    private bool Read(out string[] lines)
    {
        lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        var first = lines is [var line, ..] ? line : "";
        if (first != order)
        {
            (order, passed) = (first, 0);
            begun.Clear();
        }
        return first.Length > 0;
    }

    private void DieAt(string moment, Action action, string[] lines)
    {
        var death = $"died {NameOf(action)}";
        if (!order.StartsWith(moment, StringComparison.Ordinal) || passed < Pause(lines) || lines.Contains(death))
            return;
        Add(death);
        kill();
    }

    private int Pause(string[] lines)
    {
        var words = order.Split(' ');
        var hasDied = lines.Any(line => line.StartsWith("died ", StringComparison.Ordinal));
        return int.Parse(words[hasDied ? 2 : 1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Add(string line) => File.AppendAllText(path, line + "\n");

    // Of all effects only a write to Caddy is made twice in a row and means something else.
    private static string NameOf(Action action) =>
        action is Action.WriteRoutes write
            ? $"{ActionKeys.Of(action).Value} {DigestOf(write.Table)}"
            : ActionKeys.Of(action).Value;

    private static Digest DigestOf(RoutingTable table) =>
        Digest.Of(RoutingFiles.Of(table).Rows.AsEnumerable().ToSeq().Map(row => $"{row.Key} {row.Value}"));
}
