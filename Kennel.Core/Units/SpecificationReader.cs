using System.Text.Json;
using Kennel.Core.Domain;
using Kennel.Core.Secrets;

namespace Kennel.Core.Units;

/// <summary>The way back from the text; it accepts more than is written, so its result is compared with the text.</summary>
internal static class SpecificationReader
{
    internal static Option<Specification> Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Specification(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return None;
        }
    }

    private static Option<Specification> Specification(JsonElement element) =>
        Field(element, "service").Bind(Service) | Field(element, "site").Bind(Site);

    private static Option<Specification> Service(JsonElement element) =>
        from properties in Field(element, "properties").Bind(it => All(it, Property))
        from environment in Field(element, "environment").Bind(Texts)
        from ready in Field(element, "ready").Bind(Ready)
        from directory in Field(element, "stateDirectory").Bind(Text)
        select (Specification)
            new Specification.Service(properties, environment, ready, directory)
            {
                IsStateful = Field(element, "stateful").Bind(Flag).IfNone(false),
                PreDeploy = Field(element, "preDeploy").Bind(Step),
                Secrets = Field(element, "secrets").Bind(Text).Bind(ReleaseSecretsText.Read),
                Seed = Field(element, "seed").Bind(Step),
                Resources = toSet(
                    Field(element, "resources")
                        .Bind(Texts)
                        .IfNone(Seq<string>())
                        .Bind(word => ResourceKinds.Of(word).ToSeq())
                ),
                Extensions = toSet(
                    Field(element, "extensions")
                        .Bind(Texts)
                        .IfNone(Seq<string>())
                        .Bind(name => ExtensionName.Parse("extensions", name).ToSeq())
                ),
                DatabaseStart = Field(element, "databaseStart")
                    .Bind(Text)
                    .Bind(text => PreviewDatabase.Parse("databaseStart", text).ToOption())
                    .IfNone(PreviewDatabase.Default),
            };

    private static Option<ReleaseStep> Step(JsonElement element) =>
        from program in Field(element, "program").Bind(Text)
        from arguments in Field(element, "arguments").Bind(Texts)
        select new ReleaseStep(program, arguments, Field(element, "timeoutSeconds").Bind(Signed));

    private static Option<Specification> Site(JsonElement element) =>
        from root in Field(element, "root").Bind(Text)
        from path in StorePath.Parse("root", root).ToOption()
        from singlePage in Field(element, "singlePage").Bind(Flag)
        select (Specification)new Specification.Site(path, singlePage);

    private static Option<Readiness> Ready(JsonElement element) =>
        (
            Field(element, "http")
                .Bind(Text)
                .Map<Readiness>(path => new Readiness.Http(path) { Statuses = Statuses(element) })
            | Field(element, "tcp").Map<Readiness>(_ => new Readiness.Tcp())
            | Field(element, "notify").Map<Readiness>(_ => new Readiness.Notify())
        ).Map(ready => ready with { Seconds = Seconds(element) });

    private static Set<int> Statuses(JsonElement element) =>
        toSet(Field(element, "statuses").Bind(it => All(it, Signed)).IfNone(Seq<int>()));

    private static TrialSeconds Seconds(JsonElement element) =>
        new(
            Field(element, "periodSeconds").Bind(Signed),
            Field(element, "deadlineSeconds").Bind(Signed),
            Field(element, "stayUpSeconds").Bind(Signed)
        );

    private static Option<UnitProperty> Property(JsonElement element) =>
        from name in Item(element, 0).Bind(Text)
        from value in Item(element, 1).Bind(Value)
        select new UnitProperty(name, value);

    private static Option<UnitValue> Value(JsonElement element) =>
        Field(element, "s").Bind(Text).Map<UnitValue>(it => new UnitValue.Text(it))
        | Field(element, "b").Bind(Flag).Map<UnitValue>(it => new UnitValue.Flag(it))
        | Field(element, "i").Bind(Signed).Map<UnitValue>(it => new UnitValue.Signed(it))
        | Field(element, "u").Bind(Count).Map<UnitValue>(it => new UnitValue.Count(it))
        | Field(element, "t").Bind(Large).Map<UnitValue>(it => new UnitValue.Large(it))
        | Field(element, "as").Bind(Texts).Map<UnitValue>(it => new UnitValue.Texts(it))
        | Field(element, "aay").Bind(Texts).Map<UnitValue>(it => new UnitValue.ByteTexts(it))
        | Field(element, "a(sasb)").Bind(it => All(it, Command)).Map<UnitValue>(it => new UnitValue.Commands(it))
        | Field(element, "a(sb)").Bind(it => All(it, File)).Map<UnitValue>(it => new UnitValue.Files(it))
        | Field(element, "(bas)").Bind(Filter)
        | Field(element, "a(ssbt)").Bind(it => All(it, Bind)).Map<UnitValue>(it => new UnitValue.Binds(it))
        | Field(element, "a(ss)").Bind(it => All(it, Pair)).Map<UnitValue>(it => new UnitValue.Pairs(it));

    private static Option<UnitValue> Filter(JsonElement element) =>
        from allow in Item(element, 0).Bind(Flag)
        from values in Item(element, 1).Bind(Texts)
        select (UnitValue)new UnitValue.Filter(allow, values);

    private static Option<CommandLine> Command(JsonElement element) =>
        from path in Item(element, 0).Bind(Text)
        from arguments in Item(element, 1).Bind(Texts)
        from ignoreFailure in Item(element, 2).Bind(Flag)
        select new CommandLine(path, arguments, ignoreFailure);

    private static Option<OptionalFile> File(JsonElement element) =>
        from path in Item(element, 0).Bind(Text)
        from mayBeMissing in Item(element, 1).Bind(Flag)
        select new OptionalFile(path, mayBeMissing);

    private static Option<BindMount> Bind(JsonElement element) =>
        from source in Item(element, 0).Bind(Text)
        from destination in Item(element, 1).Bind(Text)
        from mayBeMissing in Item(element, 2).Bind(Flag)
        select new BindMount(source, destination, mayBeMissing);

    private static Option<TextPair> Pair(JsonElement element) =>
        from first in Item(element, 0).Bind(Text)
        from second in Item(element, 1).Bind(Text)
        select new TextPair(first, second);

    private static Option<JsonElement> Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : None;

    private static Option<JsonElement> Item(JsonElement element, int index) =>
        element.ValueKind == JsonValueKind.Array && index < element.GetArrayLength() ? element[index] : None;

    private static Option<Seq<T>> All<T>(JsonElement element, Func<JsonElement, Option<T>> read) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().ToSeq().Map(read).Sequence() : None;

    private static Option<Seq<string>> Texts(JsonElement element) => All(element, Text);

    private static Option<string> Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? Some(element.GetString()!) : None;

    private static Option<bool> Flag(JsonElement element) =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : None;

    private static Option<int> Signed(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) ? value : None;

    private static Option<uint> Count(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetUInt32(out var value) ? value : None;

    private static Option<ulong> Large(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out var value) ? value : None;
}
