using System.Text;
using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using Kennel.Shell.Caddy;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>What the webhook stands on.</summary>
/// <param name="Database">Where deliveries are kept.</param>
/// <param name="Forge">Which repositories may register themselves.</param>
/// <param name="SecretFile">The file of the secret of all projects that have none of their own.</param>
/// <param name="Clock">Dates deliveries.</param>
/// <param name="Wake">Called when a delivery was kept that somebody should look at.</param>
/// <param name="Complain">Takes what went wrong, for the log.</param>
public sealed record WebhookParts(
    Database Database,
    ForgeSettings Forge,
    Option<string> SecretFile,
    TimeProvider Clock,
    System.Action Wake,
    Action<string> Complain
)
{
    /// <summary>What certificates may be had for.</summary>
    public ServedHosts Served { get; init; } = new();
}

/// <summary>From the bytes of a delivery to its row in the inbox; nothing else happens before that row is safe.</summary>
internal sealed class WebhookHandler(WebhookParts parts, DeliveryWriter writer, RefusalCounter refusals) : IDisposable
{
    private static readonly UTF8Encoding StrictText = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    private readonly WebhookSecrets _secrets = new(parts.SecretFile);
    private readonly SemaphoreSlim _turns = new(Math.Max(2, Environment.ProcessorCount));

    public void Dispose() => _turns.Dispose();

    /// <summary>Answers a delivery to <c>/webhook</c>, or to <c>/webhook/{project}</c>.</summary>
    internal async Task<IResult> Answer(HttpContext http, Option<string> named, ReadOnlyMemory<byte> body)
    {
        try
        {
            var heard = await Hear(http, named, body);
            return await heard.Match(delivery => Keep(http, delivery), problem => Refused(http, problem));
        }
        catch (StoreException error)
        {
            return await Refused(http, Unwritable(None, error.Message));
        }
    }

    private async Task<Either<RefusedDelivery, HeardDelivery>> Hear(
        HttpContext http,
        Option<string> named,
        ReadOnlyMemory<byte> body
    )
    {
        await _turns.WaitAsync(http.RequestAborted);
        try
        {
            var project = await Find(named, body, http.RequestAborted);
            return Unsigned(http, named, project, body)
                .Match(
                    why => Left<RefusedDelivery, HeardDelivery>(Unauthorized(project, why)),
                    () => Understand(http, project, body)
                );
        }
        finally
        {
            _turns.Release();
        }
    }

    private Task<Option<ListeningProject>> Find(
        Option<string> named,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellation
    ) =>
        named
            .Match(
                text => ProjectName.Parse("project", text).ToOption().Map(Look),
                () => RepositoryGlance.Of(body.Span).Map(Look)
            )
            .Match(
                look => parts.Database.Use(look, cancellation),
                () => Task.FromResult(Option<ListeningProject>.None)
            );

    private static Func<Session, Option<ListeningProject>> Look(ProjectName name) =>
        session => DeliveryInbox.Named(session, name);

    private static Func<Session, Option<ListeningProject>> Look(RepositoryGlance glance) =>
        session => DeliveryInbox.Meant(session, glance);

    // A project that was named and is unknown has no secret, but the same work is done for it.
    private Option<string> Unsigned(
        HttpContext http,
        Option<string> named,
        Option<ListeningProject> project,
        ReadOnlyMemory<byte> body
    )
    {
        var isNobody = named.IsSome && project.IsNone;
        var known = _secrets.For(project.Bind(found => found.SecretFile));
        var given = Signature.Given(name => Header(http, name));
        var isGood = Signature.IsMadeWith(
            isNobody ? Seq<WebhookSecret>() : known.IfLeft(Seq<WebhookSecret>()),
            body.Span,
            given.IfNone([])
        );
        return isGood ? None
            : isNobody ? Some("no project has that name")
            : known.Match(
                Right: _ =>
                    given.IsNone
                        ? Some("it has no signature, or one that is empty or malformed")
                        : Some("its signature was made with another secret, or its body was changed"),
                Left: why => Some(why)
            );
    }

    private Either<RefusedDelivery, HeardDelivery> Understand(
        HttpContext http,
        Option<ListeningProject> project,
        ReadOnlyMemory<byte> body
    )
    {
        var heard = DeliveryHeaders
            .Read(name => Header(http, name), body)
            .Bind(headers =>
                Text(body)
                    .Bind(text =>
                        ForgeEvents
                            .Read(headers.Event, text)
                            .Map(message => new HeardDelivery(
                                project,
                                new NewDelivery(
                                    headers.Delivery,
                                    headers.Event,
                                    text,
                                    project.Map(found => found.Id),
                                    message,
                                    parts.Clock.GetUtcNow()
                                )
                            ))
                    )
            );
        return project.IsNone && !heard.Exists(it => parts.Forge.Admits(it.Delivery.Message.Repository))
            ? Unauthorized(project, "its repository is not registered, and its owner may not register any by itself")
            : heard.Match<Either<RefusedDelivery, HeardDelivery>>(
                it => it,
                problems => new RefusedDelivery(
                    project.Map(found => found.Name),
                    ApiProblem.Invalid(problems),
                    string.Join("; ", problems)
                )
            );
    }

    private async Task<IResult> Keep(HttpContext http, HeardDelivery heard)
    {
        if (heard.Project.Exists(project => project.IsRemoved))
            return Understood(heard, "the project is being removed: nothing is done");
        var kept = await writer.Accept(heard.Delivery, http.RequestAborted);
        return await kept.Match(
            receipt => Answer(http, heard, receipt),
            why => Refused(http, Unwritable(heard.Project.Map(project => project.Name), why))
        );
    }

    private Task<IResult> Answer(HttpContext http, HeardDelivery heard, Receipt receipt)
    {
        switch (receipt)
        {
            case Receipt.Kept when heard.Delivery.Message.News is News.Nothing nothing:
                return Task.FromResult(Understood(heard, nothing.Why));
            case Receipt.Kept:
                parts.Wake();
                return Task.FromResult(Answers.Accepted(View(heard, heard.Delivery.Message.News.Describe())));
            case Receipt.Known:
                return Task.FromResult(Understood(heard, "already known"));
            case Receipt.Gone:
                return Task.FromResult(Understood(heard, "the project is being removed: nothing is done"));
            case Receipt.Elsewhere elsewhere:
                return Refused(http, OtherRepository(heard, elsewhere));
            case Receipt.Unlike unlike:
                var problem = WebhookAnswers.Unlike(heard.Delivery.Message.Repository, unlike);
                return Refused(http, new RefusedDelivery(unlike.Project, problem, problem.Detail));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static RefusedDelivery OtherRepository(HeardDelivery heard, Receipt.Elsewhere elsewhere)
    {
        var project = heard.Project.Map(it => it.Name) | elsewhere.Other;
        var problem = project.Match(
            name => WebhookAnswers.Elsewhere(name, heard.Delivery.Message.Repository, elsewhere),
            () => WebhookAnswers.Unauthorized
        );
        return new RefusedDelivery(project, problem, problem.Detail);
    }

    private Task<IResult> Refused(HttpContext http, RefusedDelivery refused)
    {
        // Only these say that somebody may have tried, or that the secret is wrong; the others were signed well.
        if (refused.Problem.Status == StatusCodes.Status401Unauthorized)
            refusals.Count(refused.Project);
        refusals.Tell(refused.Project, refused.Why);
        return Task.FromResult(WebhookAnswers.Problem(http, refused.Problem));
    }

    private static RefusedDelivery Unauthorized(Option<ListeningProject> project, string why) =>
        new(project.Map(found => found.Name), WebhookAnswers.Unauthorized, why);

    private static RefusedDelivery Unwritable(Option<ProjectName> project, string why)
    {
        var problem = WebhookAnswers.Unwritable(why);
        return new RefusedDelivery(project, problem, problem.Detail);
    }

    private static IResult Understood(HeardDelivery heard, string meaning) => Answers.Ok(View(heard, meaning));

    private static WebhookAnswer View(HeardDelivery heard, string meaning) =>
        new(heard.Delivery.Delivery, heard.Project.Map(project => project.Name.Value), meaning);

    private static Validation<Problem, string> Text(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Success<Problem, string>(StrictText.GetString(body.Span));
        }
        catch (DecoderFallbackException)
        {
            return Fail<Problem, string>(new Problem("body", "bytes that are no text", "JSON in UTF-8"));
        }
    }

    private static Option<string> Header(HttpContext http, string name) =>
        http.Request.Headers.TryGetValue(name, out var values) ? Some(values.ToString()) : None;

    private sealed record HeardDelivery(Option<ListeningProject> Project, NewDelivery Delivery);

    private sealed record RefusedDelivery(Option<ProjectName> Project, ApiProblem Problem, string Why);
}
