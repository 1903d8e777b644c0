namespace Kennel.Core;

/// <summary>
/// Puts sequences together. LanguageExt's own <c>+</c> and <c>Concat</c> repeat some elements and lose others where a
/// part is lazy (what <c>Bind</c>, <c>ToSeq</c> of an enumerable and others make), so they are banned: see
/// BannedSymbols.txt.
/// </summary>
public static class Sequences
{
    /// <summary>All elements of all parts, in order.</summary>
    public static Seq<T> Joined<T>(params ReadOnlySpan<Seq<T>> parts)
    {
        var all = new List<T>();
        foreach (var part in parts)
            all.AddRange(part.AsEnumerable());
        return new Seq<T>(all).Strict();
    }
}
