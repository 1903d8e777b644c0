using System.Globalization;
using System.Text;
using Kennel.Core.Domain;
using Kennel.Core.Secrets;

namespace Kennel.Core.Units;

/// <summary>
/// The stored form of a specification: JSON with one spelling for each value, the same on every machine and in every
/// version, because digests are made from it. Values of unit properties stand under their D-Bus signature.
/// </summary>
public static class SpecificationText
{
    /// <summary>The text of a specification.</summary>
    public static string Write(Specification specification) =>
        specification switch
        {
            Specification.Service it => Object(
                "service",
                Object([
                    ("properties", Array(it.Properties.Map(Property))),
                    ("environment", Texts(it.Environment)),
                    ("ready", Ready(it.Ready)),
                    ("stateDirectory", Text(it.StateDirectory)),
                    .. it.IsStateful ? Seq1(("stateful", Flag(true))) : Seq<(string, string)>(),
                    .. it.PreDeploy.ToSeq().Map(step => ("preDeploy", Step(step))),
                    .. it.Secrets.ToSeq().Map(secrets => ("secrets", Text(ReleaseSecretsText.Write(secrets)))),
                    .. it.Seed.ToSeq().Map(step => ("seed", Step(step))),
                    .. it.Resources.IsEmpty
                        ? Seq<(string, string)>()
                        : Seq1(("resources", Texts(it.Resources.ToSeq().Map(kind => kind.Word())))),
                    .. it.Extensions.IsEmpty
                        ? Seq<(string, string)>()
                        : Seq1(("extensions", Texts(it.Extensions.ToSeq().Map(name => name.Value)))),
                    .. it.DatabaseStart.IsCopy
                        ? Seq1(("databaseStart", Text(it.DatabaseStart.ToString())))
                        : Seq<(string, string)>(),
                ])
            ),
            Specification.Site it => Object(
                "site",
                Object(("root", Text(it.Root.Value)), ("singlePage", Flag(it.SinglePage)))
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Reads what <see cref="Write"/> wrote, and nothing else.</summary>
    /// <param name="where">Whose specification it is, for the error.</param>
    /// <param name="text">The text.</param>
    public static Validation<Problem, Specification> Read(string where, string text) =>
        SpecificationReader
            .Read(text)
            .Filter(specification => Write(specification) == text)
            .ToValidation(
                Problem.Of(where, text, "a specification as this version of Kennel or an earlier one wrote it")
            );

    private static string Property(UnitProperty property) => Array(Seq(Text(property.Name), Value(property.Value)));

    private static string Value(UnitValue value) =>
        value switch
        {
            UnitValue.Text it => Object("s", Text(it.Value)),
            UnitValue.Flag it => Object("b", Flag(it.Value)),
            UnitValue.Signed it => Object("i", it.Value.ToString(CultureInfo.InvariantCulture)),
            UnitValue.Count it => Object("u", it.Value.ToString(CultureInfo.InvariantCulture)),
            UnitValue.Large it => Object("t", it.Value.ToString(CultureInfo.InvariantCulture)),
            UnitValue.Texts it => Object("as", Texts(it.Values)),
            UnitValue.ByteTexts it => Object("aay", Texts(it.Values)),
            UnitValue.Commands it => Object("a(sasb)", Array(it.Values.Map(Command))),
            UnitValue.Files it => Object("a(sb)", Array(it.Values.Map(File))),
            UnitValue.Filter it => Object("(bas)", Array(Seq(Flag(it.Allow), Texts(it.Values)))),
            UnitValue.Binds it => Object("a(ssbt)", Array(it.Values.Map(Bind))),
            UnitValue.Pairs it => Object("a(ss)", Array(it.Values.Map(Pair))),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Command(CommandLine it) =>
        Array(Seq(Text(it.Path), Texts(it.Arguments), Flag(it.IgnoreFailure)));

    private static string File(OptionalFile it) => Array(Seq(Text(it.Path), Flag(it.MayBeMissing)));

    private static string Bind(BindMount it) =>
        Array(Seq(Text(it.Source), Text(it.Destination), Flag(it.MayBeMissing)));

    private static string Pair(TextPair it) => Array(Seq(Text(it.First), Text(it.Second)));

    private static string Ready(Readiness ready) =>
        ready switch
        {
            Readiness.Http it => Object([("http", Text(it.Path)), .. Statuses(it.Statuses), .. Seconds(it.Seconds)]),
            Readiness.Tcp it => Object([("tcp", Flag(true)), .. Seconds(it.Seconds)]),
            Readiness.Notify it => Object([("notify", Flag(true)), .. Seconds(it.Seconds)]),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Step(ReleaseStep step) =>
        Object([
            ("program", Text(step.Program)),
            ("arguments", Texts(step.Arguments)),
            .. step.TimeoutSeconds.ToSeq().Map(value => ("timeoutSeconds", Number(value))),
        ]);

    // What is not given is not written: the text of a specification without it is what it always was.
    private static Seq<(string Name, string Value)> Seconds(TrialSeconds seconds) =>
        Seq(
                seconds.Period.Map(value => ("periodSeconds", Number(value))),
                seconds.Deadline.Map(value => ("deadlineSeconds", Number(value))),
                seconds.StayUp.Map(value => ("stayUpSeconds", Number(value)))
            )
            .Somes();

    private static Seq<(string Name, string Value)> Statuses(Set<int> statuses) =>
        statuses.IsEmpty ? Seq<(string Name, string Value)>() : Seq1(("statuses", Array(statuses.ToSeq().Map(Number))));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Object(string name, string value) => Object((name, value));

    private static string Object(params (string Name, string Value)[] fields) =>
        "{" + string.Join(',', fields.Select(field => $"{Text(field.Name)}:{field.Value}")) + "}";

    private static string Array(Seq<string> items) => "[" + string.Join(',', items) + "]";

    private static string Texts(Seq<string> items) => Array(items.Map(Text));

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Text(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var letter in value)
            _ = letter switch
            {
                '"' or '\\' => text.Append('\\').Append(letter),
                < ' ' => text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(letter),
            };
        return text.Append('"').ToString();
    }
}
