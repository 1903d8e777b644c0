using Kennel.Core.Planning;

namespace Kennel.Tests.Planning;

public sealed class QueueSettingsTests
{
    [Theory]
    [InlineData(20_000_000_000, 1_000_000_000)]
    [InlineData(100_000_000_000, 5_000_000_000)]
    [InlineData(1_000_000_000_000, 5_000_000_000)]
    public void A_build_needs_so_many_bytes_or_that_share_of_the_disk_whichever_is_less(
        long sizeBytes,
        long neededBytes
    ) =>
        Assert.Equal(
            neededBytes,
            new QueueSettings(2, 5_000_000_000, 5).NeededBytes(new FreeSpace("/nix/store", 0, sizeBytes))
        );

    [Fact]
    public void Where_nothing_need_be_free_nothing_is_needed() =>
        Assert.Equal(0, new QueueSettings(2, 0, 5).NeededBytes(new FreeSpace("/nix/store", 0, 1L << 40)));
}
