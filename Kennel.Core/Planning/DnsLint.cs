namespace Kennel.Core.Planning;

/// <summary>Rules about records in DNS that every plan keeps, whatever it was made from.</summary>
internal static class DnsLint
{
    /// <summary>What is wrong: a record that Kennel did not make would go, or one would be made for a name that is not held.</summary>
    public static Seq<string> Check(Seq<Action> actions, Desired desired) =>
        actions.Bind(action =>
            action switch
            {
                Action.RemoveRecord remove
                    when remove.Record.Mark != Some(desired.Settings.Instance) && !IsGivenUp(remove.Record, desired) =>
                    Seq1($"the record of {remove.Record.Name} would go and is not this database's"),
                Action.CreateRecord create when !desired.Domains.ContainsKey(create.Name) => Seq1(
                    $"a record of {create.Name} would be made, which nobody holds"
                ),
                _ => Seq<string>(),
            }
        );

    private static bool IsGivenUp(DnsRecord record, Desired desired) =>
        record.Mark.IsSome && desired.GivenUp.Contains(new Orphan.OfRecord(record).Title);
}
