using Kennel.Core.Domain;

namespace Kennel.Core.Units;

/// <summary>Stub until merged.</summary>
public static class SpecificationText
{
    /// <summary>Stub.</summary>
    public static string Write(Specification specification) => specification.ToString();
}
