using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>After every effect no name has two records of a kind, and what people made is as they made it (P7, P8).</summary>
/// <param name="host">The world.</param>
/// <param name="instance">The mark of this Kennel's database.</param>
public sealed class RecordWatch(SimulatedHost host, InstanceId instance)
{
    /// <summary>What is wrong now.</summary>
    public Seq<string> Check() => Joined(Twice(), Foreign());

    private Seq<string> Twice() =>
        host
            .Records.GroupBy(record => (record.Name, record.Content.Kind))
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key.Name} has two records")
            .ToSeq()
            .Strict();

    private Seq<string> Foreign() =>
        host.Records.Filter(IsForeign).Strict() == host.MadeByPeople
            ? Seq<string>()
            : Seq1("a record that people made was changed");

    private bool IsForeign(DnsRecord record) => record.Mark != Some(instance);
}
