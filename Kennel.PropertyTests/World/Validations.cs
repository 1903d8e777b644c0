using Kennel.Core.Domain;

namespace Kennel.PropertyTests.World;

/// <summary>Names that the tests themselves write are valid, or the test is wrong.</summary>
public static class Validations
{
    /// <summary>The value, or the end of the test.</summary>
    public static T Valid<T>(this Validation<Problem, T> validation) =>
        validation.Match(value => value, problems => throw new InvalidOperationException(string.Join("; ", problems)));
}
