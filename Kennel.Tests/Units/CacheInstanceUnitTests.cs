using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.Tests.Views;

namespace Kennel.Tests.Units;

public sealed class CacheInstanceUnitTests
{
    private static readonly UnitName Unit = UnitName.OfCache(Scene.Instance, new BranchId(7));
    private static readonly RoleName Role = Scene.Sure(RoleName.Parse("test", "knl-0123456789abcdef"));

    private static readonly Seq<UnitProperty> Properties = CacheInstanceUnit.Of(
        Unit,
        Scene.Instance,
        "hello/main",
        Role,
        CacheSettings.Default
    );

    [Fact]
    public void It_carries_the_mark_and_the_number_of_its_branch()
    {
        Assert.Equal(Some(Scene.Instance), UnitMark.Read(((UnitValue.Text)Value("Description")).Value));
        Assert.Equal(Some(new BranchId(7)), Unit.Cache);
        Assert.True(Scene.ApiUnit.Cache.IsNone);
        Assert.True(Sight.StemOf(Unit).IsNone);
    }

    [Fact]
    public void Only_the_branchs_user_gets_at_its_socket_and_nobody_over_a_network()
    {
        Assert.Equal(new UnitValue.Text(Role.Value), Value("User"));
        Assert.Equal(new UnitValue.Count(0b111_000_000), Value("RuntimeDirectoryMode"));
        Assert.Equal(new UnitValue.Flag(true), Value("PrivateNetwork"));
        Assert.Equal(new UnitValue.Texts(Seq1($"kennel-cache-{Scene.Instance}-7")), Value("RuntimeDirectory"));
        Assert.Equal("0", After("--port"));
        Assert.Equal("700", After("--unixsocketperm"));
        Assert.Equal($"unix://{After("--unixsocket")}?db=0", CacheInstanceUnit.Address(Unit));
        Assert.True(After("--unixsocket").Length < 108, "longer than a socket's path may be");
    }

    [Fact]
    public void It_keeps_nothing_on_disk_and_its_memory_is_limited()
    {
        Assert.Equal("--appendonly", After("--save"));
        Assert.Equal("no", After("--appendonly"));
        Assert.Equal($"{64 << 20}", After("--maxmemory"));
        Assert.Equal(new UnitValue.Large(160UL << 20), Value("MemoryMax"));
    }

    [Fact]
    public void Only_the_filters_that_systemd_merges_are_given_more_than_once() =>
        Assert.Equal(
            ["SystemCallFilter"],
            Properties.GroupBy(property => property.Name).Where(group => group.Count() > 1).Select(group => group.Key)
        );

    private static UnitValue Value(string name) =>
        Properties
            .Find(property => property.Name == name)
            .Match(it => it.Value, () => throw new InvalidOperationException(name));

    private static string After(string option)
    {
        var arguments = ((UnitValue.Commands)Value("ExecStart")).Values.Head().Arguments.ToList();
        return arguments[arguments.IndexOf(option) + 1];
    }
}
