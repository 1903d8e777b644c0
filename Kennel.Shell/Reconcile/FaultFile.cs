using System.Collections.Concurrent;
using System.Globalization;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Reconcile;

/// <summary>
/// Kills this process at one effect, for tests on a real host: the file says <c>before 7</c> or <c>after 7</c>,
/// counted from when the file appeared. The file is removed first, so that it happens once.
/// </summary>
/// <param name="path">The file; it may appear and change while the program runs.</param>
public sealed class FaultFile(string path) : IFaultHook
{
    // Strands run side by side: an effect keeps its number from before to after.
    private readonly ConcurrentDictionary<Action, int> numbers = new(ReferenceEqualityComparer.Instance);
    private int count;

    /// <inheritdoc/>
    public Option<Effect> Before(Action action)
    {
        if (!File.Exists(path))
        {
            Interlocked.Exchange(ref count, 0);
            return None;
        }
        var number = Interlocked.Increment(ref count);
        numbers[action] = number;
        DieAt("before", number);
        return None;
    }

    /// <inheritdoc/>
    public Effect After(Action action, Effect effect)
    {
        if (numbers.TryRemove(action, out var number))
            DieAt("after", number);
        return effect;
    }

    private void DieAt(string moment, int effect)
    {
        if (
            !File.Exists(path)
            || File.ReadAllText(path).Trim() != $"{moment} {effect.ToString(CultureInfo.InvariantCulture)}"
        )
            return;
        File.Delete(path);
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
