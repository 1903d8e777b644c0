using System.Text.Encodings.Web;
using System.Text.Unicode;
using Kennel.Core.Domain;
using Kennel.Core.Routing;

namespace Kennel.Shell.Api;

/// <summary>What one request for a sleeping branch is answered with; all but an address goes to the visitor as it is.</summary>
internal sealed class WakePages(HttpContext http)
{
    private const int ReloadSeconds = 2;
    private const int BusySeconds = 5;
    private const int BotSeconds = 3600;
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Whether a person looks at the answer, and comes back by itself: a page that was asked for with GET.</summary>
    public bool IsForBrowser { get; } =
        http.Request.Headers[WakeDoor.MethodHeader] == HttpMethods.Get
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private string Host => http.Request.Host.Host;

    /// <summary>The request may go there.</summary>
    public Task Ready(Port port)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers[WakeDoor.UpstreamHeader] = $"127.0.0.1:{port}";
        return Task.CompletedTask;
    }

    /// <summary>It takes longer.</summary>
    public Task StillWaking() =>
        Write(
            StatusCodes.Status503ServiceUnavailable,
            "Waking up",
            $"{Host} was asleep and is waking up.",
            Some(TimeSpan.FromSeconds(ReloadSeconds)),
            isReloaded: true
        );

    /// <summary>Too much wakes at once.</summary>
    public Task Busy() =>
        Write(
            StatusCodes.Status503ServiceUnavailable,
            "Waiting to wake up",
            $"{Host} is asleep, and others are waking up before it.",
            Some(TimeSpan.FromSeconds(BusySeconds)),
            isReloaded: true
        );

    /// <summary>It did not wake.</summary>
    public Task Failed(WakeAnswer.Failed failed) =>
        Write(
            StatusCodes.Status503ServiceUnavailable,
            "Not awake",
            $"{Host} was asleep and could not be woken: {failed.Reason.TrimEnd('.')}.",
            failed.RetryAfter,
            isReloaded: false
        );

    /// <summary>A program that asks on nobody's behalf wakes nothing.</summary>
    public Task ForBots() =>
        Write(
            StatusCodes.Status503ServiceUnavailable,
            "Asleep",
            $"{Host} is asleep. It wakes for people.",
            Some(TimeSpan.FromSeconds(BotSeconds)),
            isReloaded: false
        );

    /// <summary>There is nothing to wake.</summary>
    public Task NotDeployed() =>
        Write(
            StatusCodes.Status404NotFound,
            "Nothing here",
            $"nothing is deployed at {Host}.",
            None,
            isReloaded: false
        );

    private Task Write(int status, string title, string sentence, Option<TimeSpan> retryAfter, bool isReloaded)
    {
        var seconds = retryAfter.Map(time => (int)Math.Ceiling(Math.Max(1, time.TotalSeconds)));
        var headers = http.Response.Headers;
        http.Response.StatusCode = status;
        headers.CacheControl = "no-store";
        headers.Vary = "Accept";
        headers.XContentTypeOptions = "nosniff";
        seconds.IfSome(wait => headers.RetryAfter = $"{wait}");
        headers.ContentType = IsForBrowser ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
        var reload = isReloaded ? seconds : None;
        return http.Response.WriteAsync(
            IsForBrowser ? Page(title, sentence, reload) : $"Kennel: {sentence}\n",
            http.RequestAborted
        );
    }

    private static string Page(string title, string sentence, Option<int> reloadSeconds)
    {
        var reload = reloadSeconds.Match(wait => $"""<meta http-equiv="refresh" content="{wait}">""", () => "");
        var soon = reloadSeconds.Match(_ => " This page reloads by itself.", () => "");
        return $$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8">{{reload}}
            <meta name="viewport" content="width=device-width"><title>{{title}}</title></head>
            <body style="font-family: sans-serif; max-width: 36em; margin: 4em auto; padding: 0 1em">
            <h1>{{title}}</h1><p>{{Html.Encode(sentence)}}{{soon}}</p></body></html>

            """;
    }
}
