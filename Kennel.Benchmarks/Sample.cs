using System.Diagnostics;

namespace Kennel.Benchmarks;

/// <summary>What one run of something took.</summary>
/// <param name="Elapsed">By the clock on the wall.</param>
/// <param name="Processor">Of this process's processor time.</param>
/// <param name="AllocatedBytes">On the heap, on all threads.</param>
internal sealed record Sample(TimeSpan Elapsed, TimeSpan Processor, long AllocatedBytes)
{
    /// <summary>Measures one run.</summary>
    public static async Task<Sample> Of(Func<Task> run)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var processor = Environment.CpuUsage.TotalTime;
        var since = Stopwatch.GetTimestamp();
        await run();
        var elapsed = Stopwatch.GetElapsedTime(since);
        return new Sample(
            elapsed,
            Environment.CpuUsage.TotalTime - processor,
            GC.GetTotalAllocatedBytes(precise: true) - allocated
        );
    }
}

/// <summary>Something to measure, and what was measured of it.</summary>
/// <param name="Name">What people read.</param>
/// <param name="Run">Does it once.</param>
internal sealed record Subject(string Name, Func<Task> Run)
{
    private readonly List<Sample> samples = [];

    /// <summary>Measures several subjects in turns, so that a change of the machine's load meets all of them.</summary>
    public static async Task Measure(IReadOnlyList<Subject> subjects, int rounds, int roundsBefore)
    {
        for (var round = -roundsBefore; round < rounds; round++)
            foreach (var subject in subjects)
            {
                var sample = await Sample.Of(subject.Run);
                if (round >= 0)
                    subject.samples.Add(sample);
            }
    }

    /// <summary>The median by the wall clock, in milliseconds.</summary>
    public double Milliseconds => Median(sample => sample.Elapsed.TotalMilliseconds);

    /// <summary>The mean of this process's processor time, in milliseconds: its clock is too coarse for a median.</summary>
    public double ProcessorMilliseconds => samples.Average(sample => sample.Processor.TotalMilliseconds);

    /// <summary>The median of what was allocated, in KiB.</summary>
    public double AllocatedKibibytes => Median(sample => sample.AllocatedBytes / 1024.0);

    private double Median(Func<Sample, double> of)
    {
        var ordered = samples.Select(of).Order().ToArray();
        return ordered[ordered.Length / 2];
    }
}
