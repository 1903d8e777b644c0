using System.Text;
using Kennel.Core.Units;
using Kennel.Shell.Systemd;

namespace Kennel.Tests.Systemd;

/// <summary>Every kind of property is written to a real message and read back from its bytes.</summary>
public sealed class MessageTests
{
    [Fact]
    public void Text() =>
        Assert.Equal("größer $HOME", RoundTrip(new UnitValue.Text("größer $HOME"), "s", it => it.Text()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Flag(bool value) => Assert.Equal(value, RoundTrip(new UnitValue.Flag(value), "b", it => it.Flag()));

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Signed(int value) =>
        Assert.Equal(value, RoundTrip(new UnitValue.Signed(value), "i", it => it.Signed()));

    [Fact]
    public void Count() =>
        Assert.Equal(uint.MaxValue, RoundTrip(new UnitValue.Count(uint.MaxValue), "u", it => it.Count()));

    [Fact]
    public void Large() =>
        Assert.Equal(ulong.MaxValue, RoundTrip(new UnitValue.Large(ulong.MaxValue), "t", it => it.Large()));

    [Fact]
    public void Texts() =>
        Assert.Equal(["a", "", "c"], RoundTrip(new UnitValue.Texts(Seq("a", "", "c")), "as", ReadTexts));

    [Fact]
    public void NoTexts() => Assert.Empty(RoundTrip(new UnitValue.Texts(Seq<string>()), "as", ReadTexts));

    [Fact]
    public void ByteTexts() =>
        Assert.Equal(
            ["A=ü", ""],
            RoundTrip(
                new UnitValue.ByteTexts(Seq("A=ü", "")),
                "aay",
                it => ReadArray(it, "ay", (element, read) => read.Add(Encoding.UTF8.GetString(element.Bytes())), 2)
            )
        );

    [Fact]
    public void Commands() =>
        Assert.Equal(
            ["/bin/x", "x", "$A", "True"],
            RoundTrip(
                new UnitValue.Commands(Seq1(new CommandLine("/bin/x", Seq("x", "$A"), true))),
                "a(sasb)",
                it =>
                    ReadArray(
                        it,
                        "(sasb)",
                        (element, read) =>
                        {
                            Assert.True(element.Enter(BusContainer.Struct, "sasb"));
                            read.Add(element.Text());
                            read.AddRange(ReadTexts(element));
                            read.Add(element.Flag().ToString());
                            element.Exit();
                        },
                        1
                    )
            )
        );

    [Fact]
    public void Files() =>
        Assert.Equal(
            ["/run/a", "False", "/run/b", "True"],
            RoundTrip(
                new UnitValue.Files(Seq(new OptionalFile("/run/a", false), new OptionalFile("/run/b", true))),
                "a(sb)",
                it =>
                    ReadArray(
                        it,
                        "(sb)",
                        (element, read) =>
                        {
                            Assert.True(element.Enter(BusContainer.Struct, "sb"));
                            read.Add(element.Text());
                            read.Add(element.Flag().ToString());
                            element.Exit();
                        },
                        2
                    )
            )
        );

    [Fact]
    public void Filter() =>
        Assert.Equal(
            ["False", "@privileged", "@resources"],
            RoundTrip(
                new UnitValue.Filter(false, Seq("@privileged", "@resources")),
                "(bas)",
                it =>
                {
                    Assert.True(it.Enter(BusContainer.Struct, "bas"));
                    return (List<string>)[it.Flag().ToString(), .. ReadTexts(it)];
                }
            )
        );

    [Fact]
    public void Binds() =>
        Assert.Equal(
            ["/a", "/b", "True", "16384"],
            RoundTrip(
                new UnitValue.Binds(Seq1(new BindMount("/a", "/b", true))),
                "a(ssbt)",
                it =>
                    ReadArray(
                        it,
                        "(ssbt)",
                        (element, read) =>
                        {
                            Assert.True(element.Enter(BusContainer.Struct, "ssbt"));
                            read.Add(element.Text());
                            read.Add(element.Text());
                            read.Add(element.Flag().ToString());
                            read.Add(element.Large().ToString());
                            element.Exit();
                        },
                        1
                    )
            )
        );

    [Fact]
    public void Pairs() =>
        Assert.Equal(
            ["/tmp", "size=1M"],
            RoundTrip(
                new UnitValue.Pairs(Seq1(new TextPair("/tmp", "size=1M"))),
                "a(ss)",
                it =>
                    ReadArray(
                        it,
                        "(ss)",
                        (element, read) =>
                        {
                            Assert.True(element.Enter(BusContainer.Struct, "ss"));
                            read.Add(element.Text());
                            read.Add(element.Text());
                            element.Exit();
                        },
                        1
                    )
            )
        );

    [Fact]
    public void A_text_with_a_nul_is_refused_and_not_cut() =>
        Assert.Throws<ArgumentException>(() => new DetachedMessage(writer => writer.Text("a\0b")));

    [Fact]
    public void A_reply_of_another_shape_is_an_error()
    {
        using var message = new DetachedMessage(writer => writer.Text("a"));
        Assert.Throws<BusMessageException>(() => message.Read(reader => reader.Count()));
    }

    [Fact]
    public void Every_kind_of_value_has_a_test_here()
    {
        var kinds = typeof(UnitValue).GetNestedTypes().Select(kind => kind.Name);
        var tests = typeof(MessageTests).GetMethods().Select(method => method.Name);
        Assert.Empty(kinds.Except(tests));
    }

    private static T RoundTrip<T>(UnitValue value, string signature, ReadBody<T> read)
    {
        using var message = new DetachedMessage(writer =>
            UnitPropertyWriter.Write(writer, Seq1(new UnitProperty("Some", value)))
        );
        return message.Read(reader =>
        {
            Assert.True(reader.Enter(BusContainer.Array, "(sv)"));
            Assert.True(reader.Enter(BusContainer.Struct, "sv"));
            Assert.Equal("Some", reader.Text());
            Assert.Equal(signature, reader.VariantSignature());
            Assert.True(reader.Enter(BusContainer.Variant, signature));
            return read(reader);
        });
    }

    private static List<string> ReadTexts(MessageReader reader) => reader.Texts();

    private delegate void ReadElement(MessageReader reader, List<string> read);

    private static List<string> ReadArray(MessageReader reader, string contents, ReadElement element, int count)
    {
        var read = new List<string>();
        Assert.True(reader.Enter(BusContainer.Array, contents));
        for (var index = 0; index < count; index++)
        {
            element(reader, read);
        }
        reader.Exit();
        return read;
    }
}
