using Kennel.Core.Views;

namespace Kennel.Shell.Commands.Text;

/// <summary>What was done about a webhook, and what is left to do, for people.</summary>
public static class WebhookText
{
    /// <summary>After a registration.</summary>
    public static Seq<Line> Made(WebhookView webhook) =>
        webhook.State switch
        {
            "made" => Standing(webhook, "was made in Forgejo"),
            "replaced" => Standing(webhook, "was made anew in Forgejo and took the place of the old one"),
            "kept" => Standing(webhook, "is in Forgejo already")
                .Add(Line.Of("If its deliveries are refused, delete it there and run this again.", Tone.Faint)),
            _ => ByHand(webhook),
        };

    /// <summary>After a removal.</summary>
    public static Line Removed(WebhookView webhook) =>
        webhook.State switch
        {
            "removed" => Line.Of("Its webhook was deleted in Forgejo."),
            "absent" => Line.Of("It had no webhook in Forgejo."),
            _ => Line.Of($"If it has a webhook in Forgejo, delete it there. Its target URL: {webhook.TargetUrl}"),
        };

    /// <summary>What went wrong, for standard error.</summary>
    public static Option<Line> Warning(ProjectView project, string tried) =>
        from webhook in project.Webhook
        from warning in webhook.Warning
        select Line.Of(
            new Span("warning", Tone.Busy),
            new Span($": Kennel could not {tried} the webhook itself: {Line.Clean(warning)}")
        );

    private static Seq<Line> Standing(WebhookView webhook, string state) =>
        Seq(Line.Of($"Its webhook {state}. It delivers to {webhook.TargetUrl}"), Private);

    private static Seq<Line> ByHand(WebhookView webhook) =>
        Seq(
            Line.Of(
                "To have pushes deployed, enter in Forgejo (the repository's settings, Webhooks, Add webhook, Forgejo):"
            ),
            Field("Target URL", webhook.TargetUrl),
            Field("HTTP method", "POST"),
            Field("POST content type", "application/json"),
            Field("Secret", webhook.SecretFile.Match(path => $"the content of {path}", () => "none is known")),
            Field("Trigger on", "Custom events: Push, Create, Delete, and all of Pull request events"),
            Private
        );

    private static Line Private =>
        Line.Of(
            "Forgejo refuses to deliver to private addresses unless ALLOWED_HOST_LIST in its section [webhook] has them.",
            Tone.Faint
        );

    private static Line Field(string name, string value) =>
        Line.Of(new Span($"  {name, -18} ", Tone.Faint), new Span(Line.Clean(value)));
}
