using Kennel.Core.Domain;
using Kennel.Core.Ports;

namespace Kennel.Shell.Garage;

/// <summary>Why an effect did not happen, where it is not told as an effect.</summary>
internal static class EffectText
{
    internal static Cause Cause(Effect effect) =>
        effect switch
        {
            Effect.Failed it => it.Cause,
            Effect.Lost it => it.Cause,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    internal static string Reason(Effect effect) =>
        Cause(effect) switch
        {
            Core.Domain.Cause.Refused it => it.Detail,
            Core.Domain.Cause.Unreachable it => it.Detail,
            var other => other.Describe().Sentence,
        };
}
