using System.Text;
using System.Text.Json;
using Kennel.Core.Domain;
using Kennel.Core.Routing;

namespace Kennel.Shell.Activity;

/// <summary>One datagram of the access log, as far as Kennel reads it.</summary>
internal abstract record AccessRecord
{
    private const double LastSecond = 253_402_300_799;
    private static readonly byte[] Mark = Encoding.UTF8.GetBytes($"\"{AccessLog.Field}\"");

    private AccessRecord() { }

    /// <summary>A request for a host that Kennel wants to hear of.</summary>
    /// <param name="Host">The host name.</param>
    /// <param name="Agent">What made the request, in its own words.</param>
    /// <param name="At">When it was made by the web server's clock; none where the record does not say.</param>
    public sealed record Request(HostName Host, string Agent, Option<DateTimeOffset> At) : AccessRecord;

    /// <summary>A request for another.</summary>
    public sealed record Other : AccessRecord;

    /// <summary>No record at all.</summary>
    public sealed record Rubbish : AccessRecord;

    /// <summary>Reads a datagram. Most are of no interest, and are told by a look at their bytes.</summary>
    public static AccessRecord Read(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty || datagram[0] != '{')
            return new Rubbish();
        if (datagram.IndexOf(Mark) < 0)
            return new Other();
        try
        {
            return ReadFields(datagram);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return new Rubbish();
        }
    }

    private static AccessRecord ReadFields(ReadOnlySpan<byte> datagram)
    {
        string? text = null;
        Option<DateTimeOffset> at = None;
        var reader = new Utf8JsonReader(datagram);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isText, isTime) = (reader.ValueTextEquals(AccessLog.Field), reader.ValueTextEquals("ts"));
            reader.Read();
            if (isText)
                text = reader.GetString();
            else if (isTime && reader.TokenType == JsonTokenType.Number)
                at = TimeOf(reader.GetDouble());
            else
                reader.Skip();
        }
        return string.IsNullOrEmpty(text) ? new Other() : Parse(text, at);
    }

    // Kind, host name and user agent; the user agent may be empty or have spaces itself.
    private static AccessRecord Parse(string text, Option<DateTimeOffset> at) =>
        text.Split(' ', 3) is [_, var name, var agent]
            ? HostName.Parse("host", name).Match<AccessRecord>(host => new Request(host, agent, at), _ => new Other())
            : new Rubbish();

    private static Option<DateTimeOffset> TimeOf(double seconds) =>
        seconds is >= 0 and < LastSecond ? Some(DateTimeOffset.UnixEpoch.AddSeconds(seconds)) : None;
}
