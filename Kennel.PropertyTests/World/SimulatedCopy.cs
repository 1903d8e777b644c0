using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;

namespace Kennel.PropertyTests.World;

/// <summary>What a unit does that fills a database: nothing until it ends well, and then all at once.</summary>
public static class SimulatedCopy
{
    private const string DatabaseArgument = "--dbname=";
    private const string Prefix = "all of ";

    /// <summary>Whether this is all that a copy was made of.</summary>
    public static bool IsWhole(string content) =>
        content.StartsWith(Prefix, StringComparison.Ordinal) || content == CopyScenarios.Template;

    /// <summary>Fills the database once the unit has ended well.</summary>
    public static void EndIfDue(SimulatedHost host, SimulatedUnit unit)
    {
        if (!unit.IsCopy || unit.IsStopped || unit.State(host.Now) != UnitState.Running)
            return;
        var source =
            from property in unit.Properties.Find(one => one.Name == "StandardInputFile")
            from path in property.Value is UnitValue.Text text ? Some(text.Value) : None
            from dump in DumpName.Parse("simulated", path.Split('/')[^1]).ToOption()
            from database in host.DumpedFrom.Find(dump)
            select database;
        var target = unit
            .Commands.Bind(command => command.Arguments)
            .Find(argument => argument.StartsWith(DatabaseArgument, StringComparison.Ordinal))
            .Bind(argument => DatabaseName.Parse("simulated", argument[DatabaseArgument.Length..]).ToOption());
        foreach (var (from, into) in source.Bind(from => target.Map(into => (from, into))))
            host.Databases.Fill(into, $"{Prefix}{from}");
    }
}
