using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Views;

namespace Kennel.Shell.Api;

/// <summary>The body of <c>POST /v1/gc</c>.</summary>
/// <param name="Orphans">The orphans that are to go, as <c>GET /v1/gc</c> names them.</param>
public sealed record ClearRequest(Option<Seq<string>> Orphans = default);

/// <summary>Clears away what nothing needs.</summary>
internal sealed class GarbageHandlers(ApiParts parts)
{
    public async Task<IResult> Show(CancellationToken cancellation)
    {
        parts.LookAfresh();
        return Answers.Ok(GarbageView.Of(await parts.Reconciler.Look(cancellation)));
    }

    public async Task<IResult> Clear(HttpContext http) =>
        await Answers.Checked(
            await Answers.Body<ClearRequest>(http),
            async body =>
            {
                parts.LookAfresh();
                var look = await parts.Reconciler.Look(http.RequestAborted);
                return await Answers.Checked(
                    Check(look, body.Orphans.IfNone(Seq<string>())),
                    async names =>
                        await (await parts.Intents.GiveUp(names, http.RequestAborted)).MatchAsync(
                            async _ => await Pass(http.RequestAborted),
                            refusal => Answers.Problem(ApiProblem.Of(refusal))
                        )
                );
            }
        );

    private async Task<IResult> Pass(CancellationToken cancellation)
    {
        var summary = await parts.Reconciler.PassNow(cancellation);
        return Answers.Ok(PassView.Of(summary.Plan, summary.Reports));
    }

    // What was named but is no orphan any more might be somebody's by now.
    private static Validation<Problem, Seq<string>> Check(Look look, Seq<string> names)
    {
        var orphans = toSet(GarbageView.Of(look).Orphans);
        var wrong = names
            .Filter(name => !orphans.Contains(name))
            .Map(name => Problem.Of("orphans", name, "an orphan, as kennel gc --dry-run names them"));
        return wrong.IsEmpty
            ? Success<Problem, Seq<string>>(names)
            : Validation<Problem, Seq<string>>.Fail(wrong.Strict());
    }
}
