using System.Diagnostics;

namespace Kennel.Core.Planning;

/// <summary>What plans do about secrets, for people: whose, never which values.</summary>
internal static class SecretPrinting
{
    internal static ActionText Of(Action action) =>
        action switch
        {
            Action.StartReadingSecrets it => new ActionText(
                Change.Add,
                "start-reading-secrets",
                $"read the secrets below {it.Plan.Owner.Folder}"
            ),
            Action.WriteSecrets it => new ActionText(
                Change.Add,
                "write-secrets",
                $"put the secrets of {it.Unit} in memory"
            ),
            Action.RemoveSecrets it => new ActionText(
                Change.Remove,
                "remove-secrets",
                $"remove the secrets of {it.Unit} from memory"
            ),
            _ => throw new UnreachableException(),
        };
}
