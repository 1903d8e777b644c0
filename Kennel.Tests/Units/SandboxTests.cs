using Kennel.Core.Manifest;
using Kennel.Core.Units;

namespace Kennel.Tests.Units;

public sealed class SandboxTests
{
    [Fact]
    public void Only_the_filters_that_systemd_merges_are_given_more_than_once()
    {
        var names = Sandbox.Properties(Relaxations.Default).Map(property => property.Name);
        var repeated = names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Equal(["SystemCallFilter"], repeated);
    }

    [Fact]
    public void Each_relaxation_changes_only_what_it_names()
    {
        Assert.Equal(["RestrictNamespaces"], Changed(Relaxations.Default with { Namespaces = true }));
        Assert.Equal(["RestrictAddressFamilies"], Changed(Relaxations.Default with { Netlink = true }));
        Assert.Equal(
            ["MemoryDenyWriteExecute"],
            Changed(Relaxations.Default with { WritableMemoryExecutable = false })
        );
        Assert.Equal(["MemoryMax"], Changed(Relaxations.Default with { MemoryBytes = 1 }));
        Assert.Equal(["TasksMax"], Changed(Relaxations.Default with { TasksMax = 1 }));
        Assert.Equal(["CPUQuotaPerSecUSec"], Changed(Relaxations.Default with { CpuPercent = 1 }));
    }

    [Fact]
    public void A_hundred_percent_is_one_second_in_a_second() =>
        Assert.Contains(
            new UnitProperty("CPUQuotaPerSecUSec", new UnitValue.Large(1_000_000)),
            Sandbox.Properties(Relaxations.Default with { CpuPercent = 100 })
        );

    private static IEnumerable<string> Changed(Relaxations relaxations)
    {
        var strict = Sandbox.Properties(Relaxations.Default);
        var relaxed = Sandbox.Properties(relaxations);
        return strict.Except(relaxed).Concat(relaxed.Except(strict)).Map(property => property.Name).Distinct();
    }
}
