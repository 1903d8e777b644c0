using System.Text;
using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Core.Secrets;

/// <summary>What the host allows a project's secrets to be.</summary>
/// <param name="Owner">Whose secrets they are.</param>
/// <param name="Shared">The paths in the store that every project may refer to.</param>
/// <param name="Taken">
/// Variables that Kennel itself sets for this branch, besides those that are always reserved, and what to do about it.
/// </param>
public sealed record SecretTerms(SecretOwner Owner, Seq<string> Shared, Map<string, string> Taken);

/// <summary>From what a project declares to what its releases get; all that is wrong is told at once.</summary>
public static class SecretPlanning
{
    /// <summary>How much text the defaults and templates of a profile may be together.</summary>
    public const int TextBytesMax = 128 << 10;

    /// <summary>The plan for one profile.</summary>
    public static Validation<Problem, SecretPlan> Plan(SecretSpecification specification, SecretTerms terms) =>
        specification.Effective(terms.Owner.Profile).Bind(entries => Plan(entries, terms));

    private static Validation<Problem, SecretPlan> Plan(Map<SecretName, SecretEntry> entries, SecretTerms terms) =>
        (
            entries.Pairs.ToSeq().Map(pair => Planned(terms, pair.Key, pair.Value)).Strict().Collect(),
            Compositions.Check(At(terms.Owner), entries),
            Groups(terms.Owner, entries)
        )
            .Apply((secrets, _, _) => new SecretPlan(terms.Owner, secrets))
            .Bind(Fitting);

    // Each release keeps its plan, and a default of a profile counts for every secret of it.
    private static Validation<Problem, SecretPlan> Fitting(SecretPlan plan)
    {
        var bytes = plan.Secrets.Sum(secret =>
            secret.Default.Map(Encoding.UTF8.GetByteCount).IfNone(0)
            + (secret.Source is SecretSource.Composed it ? Encoding.UTF8.GetByteCount(it.Template.Text) : 0)
        );
        return (
            Limited(plan, plan.Secrets.Count, SecretFileReader.SecretsMax, "secrets"),
            Limited(plan, bytes, TextBytesMax, "bytes of defaults and templates")
        ).Apply((_, _) => plan);
    }

    private static Validation<Problem, LanguageExt.Unit> Limited(
        SecretPlan plan,
        int count,
        int countMax,
        string what
    ) =>
        count <= countMax
            ? Success<Problem, LanguageExt.Unit>(unit)
            : Fail<Problem, LanguageExt.Unit>(
                Problem.Of(At(plan.Owner), $"{count} {what} in all", $"at most {countMax}")
            );

    private static string At(SecretOwner owner) => $"{SecretFilePath.Root}: profiles.{owner.Profile}";

    private static Validation<Problem, PlannedSecret> Planned(SecretTerms terms, SecretName name, SecretEntry entry)
    {
        var where = $"{At(terms.Owner)}.{name}";
        return (Allowed(where, terms, name), Source(where, terms, name, entry)).Apply(
            (_, source) =>
                new PlannedSecret(
                    name,
                    source,
                    Need(entry),
                    entry.Default,
                    entry.Encoding,
                    entry.Extraction,
                    entry.AsPath.IfNone(false)
                )
        );
    }

    private static SecretNeed Need(SecretEntry entry) =>
        entry.Need.IfNone(() => entry.Default.IsSome ? new SecretNeed.Optional() : new SecretNeed.Required());

    private static Validation<Problem, SecretName> Allowed(string where, SecretTerms terms, SecretName name) =>
        (ReservedNames.Contains(name.Value) ? Some(ReservedNames.Allowed) : terms.Taken.Find(name.Value)).Match(
            allowed => Fail<Problem, SecretName>(Problem.Of(where, name.Value, allowed)),
            () => Success<Problem, SecretName>(name)
        );

    private static Validation<Problem, SecretSource> Source(
        string where,
        SecretTerms terms,
        SecretName name,
        SecretEntry entry
    ) =>
        entry.Composed.Match(
            template => Composed(where, entry, template),
            () =>
                entry
                    .Location.Bind(it => it is SecretLocation.Elsewhere elsewhere ? Some(elsewhere) : None)
                    .Match(
                        elsewhere => SecretReferences.Parse($"{where}.ref", terms.Owner, terms.Shared, elsewhere),
                        () => Success<Problem, SecretAddress>(SecretAddress.Usual(terms.Owner, name))
                    )
                    .Map(address => (SecretSource)new SecretSource.Stored(address))
        );

    private static Validation<Problem, SecretSource> Composed(
        string where,
        SecretEntry entry,
        CompositionTemplate template
    ) =>
        entry.Default.IsSome || entry.Location.IsSome || entry.Encoding.IsSome || entry.Extraction.IsSome
            ? Fail<Problem, SecretSource>(
                Problem.Of(
                    where,
                    "composed together with default, ref, encoding or extract, one of them inherited",
                    "composed alone: what is made of others is read from nowhere"
                )
            )
            : Success<Problem, SecretSource>(new SecretSource.Composed(template));

    private static Validation<Problem, LanguageExt.Unit> Groups(
        SecretOwner owner,
        Map<SecretName, SecretEntry> entries
    ) =>
        SecretGroup
            .Of(entries.Pairs.ToSeq().Bind(pair => SecretGroup.Memberships(pair.Key, pair.Value.Need)).Strict())
            .Filter(group => group.Members.Count < 2)
            .Map(group =>
                Fail<Problem, LanguageExt.Unit>(
                    Problem.Of(
                        $"{At(owner)}.{group.Members[0]}.required",
                        group.Membership.Group,
                        "a group to which two or more secrets of the profile belong"
                    )
                )
            )
            .Strict()
            .Collect()
            .Map(_ => unit);
}
