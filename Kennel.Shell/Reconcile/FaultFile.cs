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
    private int count;

    /// <inheritdoc/>
    public Option<Effect> Before(Action action)
    {
        if (File.Exists(path))
            DieAt("before", Interlocked.Increment(ref count));
        else
            Interlocked.Exchange(ref count, 0);
        return None;
    }

    /// <inheritdoc/>
    public Effect After(Action action, Effect effect)
    {
        DieAt("after", count);
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
