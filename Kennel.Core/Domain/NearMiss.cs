namespace Kennel.Core.Domain;

/// <summary>What somebody who mistyped a word most likely meant.</summary>
public static class NearMiss
{
    /// <summary>The known word that is closest to what was given, if one is close enough to be meant.</summary>
    public static Option<string> Of(string given, Seq<string> known) =>
        known
            .Map(word => (Word: word, Distance: Distance(given.ToLowerInvariant(), word.ToLowerInvariant())))
            .Filter(candidate => candidate.Distance <= Math.Max(2, candidate.Word.Length / 4))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Word, StringComparer.Ordinal)
            .Select(candidate => candidate.Word)
            .ToSeq()
            .HeadOrNone();

    private static int Distance(string left, string right)
    {
        const int LengthMax = 200;
        if (left.Length > LengthMax || right.Length > LengthMax)
        {
            return int.MaxValue;
        }
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        foreach (var (letter, row) in left.Select((letter, index) => (letter, index + 1)))
        {
            var current = new int[right.Length + 1];
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var changed = previous[column - 1] + (letter == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(changed, Math.Min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[^1];
    }
}
