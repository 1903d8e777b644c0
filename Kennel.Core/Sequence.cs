namespace Kennel.Core;

/// <summary>
/// Sequences one after another. <c>+</c> must not be used on <c>Seq</c>: the version of LanguageExt that we
/// can have repeats its first operand and drops its second when the first is itself an unread sum.
/// </summary>
public static class Sequence
{
    /// <summary>All items of all parts, in order.</summary>
    public static Seq<T> Of<T>(params ReadOnlySpan<Seq<T>> parts)
    {
        var all = new List<T>();
        foreach (var part in parts)
            all.AddRange(part);
        return all.ToArray().ToSeq();
    }
}
