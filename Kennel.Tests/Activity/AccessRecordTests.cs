using System.Text;
using Kennel.Shell.Activity;
using Kennel.Tests.Routing;

namespace Kennel.Tests.Activity;

public sealed class AccessRecordTests
{
    [Fact]
    public void A_record_tells_host_user_agent_and_time_whatever_else_it_has()
    {
        const string record = """
            {"level":"info","ts":1795252804.5,"request":{"ts":1,"kennel":"a b c","headers":{"X":["\"}"]}},
             "status":200,"kennel":"hidden-service app.test Mozilla/5.0 (X11; \"Linux\")"}
            """;

        var request = Assert.IsType<AccessRecord.Request>(Read(record));

        Assert.Equal(("app.test", "Mozilla/5.0 (X11; \"Linux\")"), (request.Host.Value, request.Agent));
        Assert.Equal(Some(DateTimeOffset.FromUnixTimeMilliseconds(1795252804500)), request.At);
    }

    [Theory]
    [InlineData("""{"kennel":"hidden-site app.test "}""")]
    [InlineData("""{"ts":"yesterday","kennel":"hidden-site app.test "}""")]
    [InlineData("""{"ts":1e300,"kennel":"hidden-site app.test "}""")]
    [InlineData("""{"ts":-1,"kennel":"hidden-site app.test "}""")]
    public void A_record_need_not_tell_user_agent_or_time(string record)
    {
        var request = Assert.IsType<AccessRecord.Request>(Read(record));

        Assert.Equal((Rows.Host("app.test"), "", None), (request.Host, request.Agent, request.At));
    }

    [Theory]
    [InlineData("""{"ts":1,"status":200}""")]
    [InlineData("""{"request":{"kennel":"x y z"}}""")]
    [InlineData("""{"kennel":"unknown [::1] curl"}""")]
    [InlineData("""{"kennel":null}""")]
    [InlineData("""{"kennel":""}""")]
    public void Records_of_other_requests_are_of_no_interest(string record) =>
        Assert.IsType<AccessRecord.Other>(Read(record));

    [Theory]
    [InlineData("")]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("""{"kennel" """)]
    [InlineData("""{"kennel":7}""")]
    [InlineData("""{"kennel":"hidden-service"}""")]
    [InlineData("""{"kennel":"hidden-service a.test x\""")]
    public void Rubbish_is_told_from_records(string datagram) => Assert.IsType<AccessRecord.Rubbish>(Read(datagram));

    [Fact]
    public void No_bytes_whatever_break_the_reader()
    {
        var random = new Random(1);
        var record = Encoding.UTF8.GetBytes(
            """{"ts":1.5,"kennel":"hidden-service app.test curl/8","more":[1,{"a":"b"}]}"""
        );
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = record[..random.Next(record.Length + 1)].ToArray();
            for (var change = random.Next(4); change > 0 && bytes.Length > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Assert.NotNull(AccessRecord.Read(bytes));
        }
    }

    private static AccessRecord Read(string text) => AccessRecord.Read(Encoding.UTF8.GetBytes(text));
}
