using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kennel.Shell.Api;

/// <summary>How values are written as JSON: camelCase, an absent value as null, unknown members refused when read.</summary>
public static class Json
{
    /// <summary>For the wire.</summary>
    public static readonly JsonSerializerOptions Compact = Make(indented: false, JsonUnmappedMemberHandling.Skip);

    /// <summary>For people and files.</summary>
    public static readonly JsonSerializerOptions Indented = Make(indented: true, JsonUnmappedMemberHandling.Skip);

    /// <summary>For requests: a misspelt member is an error.</summary>
    public static readonly JsonSerializerOptions Strict = Make(indented: false, JsonUnmappedMemberHandling.Disallow);

    private static JsonSerializerOptions Make(bool indented, JsonUnmappedMemberHandling unmapped) =>
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            UnmappedMemberHandling = unmapped,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            // Readable on a terminal; the answers are never put into a web page as they are.
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new SequenceConverter(), new OptionConverter() },
        };

    private sealed class SequenceConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type type) =>
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Seq<>);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            Converter(typeof(SequenceConverter<>), type);
    }

    private sealed class OptionConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type type) =>
            type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Option<>);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            Converter(typeof(OptionConverter<>), type);
    }

    private static JsonConverter Converter(Type open, Type type) =>
        (JsonConverter)Activator.CreateInstance(open.MakeGenericType(type.GetGenericArguments()[0]))!;

    private sealed class SequenceConverter<T> : JsonConverter<Seq<T>>
    {
        public override Seq<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            (JsonSerializer.Deserialize<List<T>>(ref reader, options) ?? []).ToSeq();

        public override void Write(Utf8JsonWriter writer, Seq<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value)
            {
                JsonSerializer.Serialize(writer, item, options);
            }
            writer.WriteEndArray();
        }
    }

    private sealed class OptionConverter<T> : JsonConverter<Option<T>>
    {
        public override bool HandleNull => true;

        public override Option<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null
                ? None
                : Optional(JsonSerializer.Deserialize<T>(ref reader, options)).Map(value => value!);

        public override void Write(Utf8JsonWriter writer, Option<T> value, JsonSerializerOptions options) =>
            value.Match(some => JsonSerializer.Serialize(writer, some, options), () => writer.WriteNullValue());
    }
}
