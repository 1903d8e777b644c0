using System.Text.Encodings.Web;
using System.Text.Unicode;
using Kennel.Core.Domain;

namespace Kennel.Core.Routing;

/// <summary>What a host says while its branch is being worked on.</summary>
/// <param name="Host">The host.</param>
/// <param name="Message">What it says besides; may be empty.</param>
public sealed record MaintenancePage(HostName Host, string Message)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The page for browsers.</summary>
    public string Html =>
        "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        + "<title>Under maintenance</title>"
        + "<body style='font-family: sans-serif; max-width: 36em; margin: 4em auto; padding: 0 1em'>"
        + $"<h1>Under maintenance</h1><p>{Host} is being worked on. Try again later.</p>"
        + $"<p style='white-space: pre-line'>{Encoder.Encode(Message)}</p></body></html>\n";

    /// <summary>The page for everybody else.</summary>
    public string Text => $"Kennel: {Host} is under maintenance. Try again later.\n{Message}\n";
}
