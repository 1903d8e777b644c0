using Kennel.Shell.Daemon;
using Kennel.Shell.Systemd;

namespace Kennel.Tests.Daemon;

public sealed class CanaryFindingsTests
{
    private const int Exited = 1;
    private const int Killed = 2;

    [Theory]
    [InlineData(0, "active", "")]
    [InlineData(1, "failed", "MemoryMax")]
    [InlineData(2, "failed", "TasksMax")]
    [InlineData(3, "failed", "MemoryMax TasksMax")]
    public void Each_bit_of_the_exit_status_names_a_limit_that_was_broken(int status, string state, string named) =>
        AssertNames(named, CanaryFindings.Of(Ended(Exited, status, state, ingressBytes: 0)));

    [Fact]
    public void A_unit_that_runs_and_whose_bytes_are_not_counted_is_not_filtered() =>
        AssertNames("IPAddressDeny", CanaryFindings.Of(Ended(Exited, 0, "active", None)));

    [Fact]
    public void A_missing_counter_of_a_unit_that_has_failed_says_nothing_of_filters() =>
        AssertNames("MemoryMax", CanaryFindings.Of(Ended(Exited, 1, "failed", None)));

    [Theory]
    [InlineData(9)]
    [InlineData(15)]
    public void A_unit_that_was_killed_says_nothing_of_limits(int signal) =>
        AssertNames("", CanaryFindings.Of(Ended(Killed, signal, "failed", None)));

    private static UnitFacts Ended(int code, int status, string state, Option<ulong> ingressBytes) =>
        new()
        {
            Life = new UnitLife
            {
                ActiveState = state,
                MainExitCode = code,
                MainExitStatus = status,
            },
            IngressBytes = ingressBytes,
        };

    private static void AssertNames(string named, Seq<string> findings) =>
        Assert.Equal(named, string.Join(' ', findings.Map(finding => finding.Split('(', ')')[1])));
}
