namespace Kennel;

/// <summary>
/// Adds sequences up. LanguageExt 3.4.13 gets lazy ones wrong: of <c>a + b + c</c> it makes a, b, a, b (its issue 808),
/// so a test forbids <c>+</c> and <c>Concat</c> of <c>Seq</c> in all of our code.
/// </summary>
public static class Sequences
{
    /// <summary>All items of these sequences, one sequence after another, computed now.</summary>
    public static Seq<T> Join<T>(params Seq<T>[] parts) => parts.SelectMany(part => part).ToArray().ToSeq();
}
