using Kennel.Core.Domain;
using Kennel.Core.Secrets;

namespace Kennel.Tests.Secrets;

/// <summary>What the tests say in few words: a specification, its plan, and what it resolves to.</summary>
internal static class Specifications
{
    public static readonly SecretOwner Prod = new("hello", "prod");

    public static SecretOwner Of(string profile) => new("hello", profile);

    /// <summary>A file with these profiles, as JSON.</summary>
    public static string File(string profiles, string more = "") =>
        $$"""{ "project": { "name": "other", "revision": "1.0"{{more}} }, "profiles": {{profiles}} }""";

    public static string Files(params (string Path, string Json)[] files) =>
        $"{{ {string.Join(", ", files.Select(file => $"\"{file.Path}\": {file.Json}"))} }}";

    public static Validation<Problem, SecretSpecification> Read(string file) =>
        SecretSpecification.Read(Files((SecretFilePath.Root, file)));

    public static Validation<Problem, SecretPlan> Plan(
        string file,
        SecretOwner owner,
        params IEnumerable<ResourceKind> kinds
    ) =>
        Read(file)
            .Bind(it => SecretPlanning.Plan(it, new SecretTerms(owner, Seq1("shared"), TakenNames.Of(toSet(kinds)))));

    public static SecretPlan Planned(string file, string profile = "prod") =>
        Plan(file, Of(profile))
            .Match(it => it, problems => throw new InvalidOperationException(string.Join("; ", problems)));

    public static SecretName Name(string text) =>
        SecretName.Parse("", text).Match(it => it, _ => throw new InvalidOperationException(text));

    /// <summary>What a plan resolves to where the store has these at their usual places.</summary>
    public static Validation<SecretFault, Seq<ResolvedSecret>> Resolve(
        SecretPlan plan,
        params (string Name, string Value)[] stored
    ) =>
        plan.Resolve(
            toMap(
                stored.Select(it =>
                    (
                        SecretAddress.Usual(plan.Owner, Name(it.Name)),
                        (SecretAnswer)new SecretAnswer.Found(SecretValue.Of(it.Value), 1)
                    )
                )
            )
        );

    /// <summary>The same, as <c>NAME=value</c> each.</summary>
    public static IEnumerable<string> Resolved(SecretPlan plan, params (string Name, string Value)[] stored) =>
        Resolve(plan, stored)
            .Match(
                secrets => secrets.Map(it => $"{it.Name}={it.Value.RevealText().IfNone("(bytes)")}"),
                faults => throw new InvalidOperationException(string.Join("; ", faults.Map(it => it.Describe())))
            );

    public static IEnumerable<string> Faults(SecretPlan plan, params (string Name, string Value)[] stored) =>
        Resolve(plan, stored)
            .Match(_ => throw new InvalidOperationException("resolved"), faults => faults.Map(it => it.Describe()));

    public static IEnumerable<string> Problems<T>(Validation<Problem, T> given) =>
        given.Match(_ => [], problems => problems.Map(it => it.ToString()).AsEnumerable());
}
