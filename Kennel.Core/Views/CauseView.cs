using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>Why something failed and what to do about it.</summary>
/// <param name="Code">A stable word with hyphens.</param>
/// <param name="Fault">Whose move it is: <c>author</c>, <c>kennel</c> or <c>outside</c>.</param>
/// <param name="Sentence">What happened.</param>
/// <param name="Remedy">What to do.</param>
public sealed record CauseView(string Code, string Fault, string Sentence, string Remedy)
{
    /// <summary>The view of a recorded cause.</summary>
    public static CauseView Of(CauseRecord cause) =>
        new(cause.Code, cause.Fault.ToString().ToLowerInvariant(), cause.Sentence, Remedies.Of(cause));
}
