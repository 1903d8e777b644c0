using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Core.Secrets;

/// <summary>Secrets that are made from others: all of these are declared, and none is made from itself.</summary>
internal static class Compositions
{
    /// <summary>What is wrong with the compositions of a profile.</summary>
    /// <param name="where">The profile, for the error.</param>
    /// <param name="entries">Its secrets.</param>
    internal static Validation<Problem, LanguageExt.Unit> Check(string where, Map<SecretName, SecretEntry> entries) =>
        entries
            .Pairs.ToSeq()
            .Bind(pair => pair.Value.Composed.ToSeq().Map(template => (Name: pair.Key, Template: template)))
            .Map(composed =>
                (
                    Declared($"{where}.{composed.Name}.composed", entries, composed.Template),
                    NotCircular($"{where}.{composed.Name}.composed", entries, composed.Name)
                ).Apply((_, _) => unit)
            )
            .Strict()
            .Collect()
            .Map(_ => unit);

    private static Validation<Problem, LanguageExt.Unit> Declared(
        string where,
        Map<SecretName, SecretEntry> entries,
        CompositionTemplate template
    ) =>
        template
            .Names.Filter(name => !entries.ContainsKey(name))
            .Map(name =>
                Fail<Problem, LanguageExt.Unit>(Problem.Of(where, name.Value, "the name of a secret of the profile"))
            )
            .Strict()
            .Collect()
            .Map(_ => unit);

    private static Validation<Problem, LanguageExt.Unit> NotCircular(
        string where,
        Map<SecretName, SecretEntry> entries,
        SecretName name
    ) =>
        Reached(entries, name).Contains(name)
            ? Fail<Problem, LanguageExt.Unit>(
                Problem.Of(where, name.Value, "secrets that are not made of this one themselves")
            )
            : Success<Problem, LanguageExt.Unit>(unit);

    private static Set<SecretName> Reached(Map<SecretName, SecretEntry> entries, SecretName from)
    {
        var reached = Set<SecretName>();
        var waiting = new Stack<SecretName>([from]);
        while (waiting.TryPop(out var name))
        {
            foreach (var next in entries.Find(name).Bind(it => it.Composed).ToSeq().Bind(it => it.Names))
            {
                if (!reached.Contains(next))
                    waiting.Push(next);
                reached = reached.AddOrUpdate(next);
            }
        }
        return reached;
    }
}
