using Kennel.Core.Manifest;

namespace Kennel.Core.Units;

/// <summary>Stub until merged.</summary>
public static class Sandbox
{
    /// <summary>Stub.</summary>
    public static Seq<UnitProperty> Strict(Relaxations relaxations) =>
        Seq1(new UnitProperty("MemoryMax", new UnitValue.Large(relaxations.MemoryBytes)));
}
