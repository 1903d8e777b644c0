namespace Kennel.Core.Planning;

/// <summary>What actions on custom domains do, for people.</summary>
internal static class DomainPrinting
{
    /// <summary>An action on a custom domain, for people; none for any other.</summary>
    public static Option<ActionText> Find(Action action) =>
        action switch
        {
            Action.ClaimDomain it => Printing.Adds("claim-domain", $"take the custom domain {it.Domain}"),
            Action.ReleaseDomain it => Printing.Removes("release-domain", $"give up the custom domain {it.Domain}"),
            Action.CreateRecord it => Printing.Adds("create-record", $"make the record {it.Name} {it.Content}"),
            Action.RemoveRecord it => Printing.Removes(
                "remove-record",
                $"remove the record {it.Record.Name} {it.Record.Content}"
            ),
            Action.WriteDomainsFile it => Printing.Alters(
                "write-domains-file",
                $"write {Printing.Count(it.Domains.Count, "custom domain", "custom domains")} to {it.Path}"
            ),
            _ => None,
        };
}
