using System.Text.Json.Nodes;
using Kennel.Core.Secrets;

namespace Kennel.Shell.OpenBao;

/// <summary>One entry to read.</summary>
/// <param name="Path">Its path below the mount.</param>
/// <param name="Version">The version that is wanted; none for the newest.</param>
internal sealed record EntryQuestion(string Path, Option<int> Version);

/// <summary>One entry that was read: its fields that are texts; none where there is no such entry, or not any more.</summary>
internal sealed record EntryAnswer(Option<int> Version, Option<Map<string, SecretValue>> Fields);

/// <summary>The key-value engine of OpenBao or Vault, read only.</summary>
internal sealed class OpenBaoClient : IDisposable
{
    private const int QuestionsAtOnce = 8;

    private readonly StoreOptions options;
    private readonly Option<string> origin;
    private readonly StoreConnection connection;
    private readonly StoreTokens tokens;

    /// <summary>A client that connects when it is first asked.</summary>
    public OpenBaoClient(StoreOptions options, TimeProvider clock)
    {
        this.options = options;
        origin = options.Origin;
        connection = new StoreConnection(origin.IfNone(""), options.Namespace, options.AnswerLimit);
        tokens = new StoreTokens(options, connection, clock);
    }

    public void Dispose()
    {
        tokens.Dispose();
        connection.Dispose();
    }

    /// <summary>What is at these addresses, each in the version that is said; all answers, or the first problem.</summary>
    public async Task<Either<StoreProblem, Map<SecretAddress, SecretAnswer>>> Read(
        Map<SecretAddress, Option<int>> addresses,
        CancellationToken cancellation
    )
    {
        var questions = addresses
            .Pairs.ToSeq()
            .GroupBy(pair => new EntryQuestion(pair.Key.Path, pair.Value), pair => pair.Key)
            .ToSeq()
            .Strict();
        using var room = new SemaphoreSlim(QuestionsAtOnce);
        var answers = await Task.WhenAll(
            questions.Map(async group =>
            {
                await room.WaitAsync(cancellation);
                try
                {
                    return (await Read(group.Key, cancellation)).Map(entry =>
                        group.ToSeq().Map(at => (at, AnswerAt(at, entry))).Strict()
                    );
                }
                finally
                {
                    room.Release();
                }
            })
        );
        return answers.ToSeq().Sequence().Map(all => toMap(all.Bind(some => some).Strict()));
    }

    /// <summary>One entry.</summary>
    public async Task<Either<StoreProblem, EntryAnswer>> Read(EntryQuestion question, CancellationToken cancellation)
    {
        var first = await Ask(question, cancellation);
        // A token may have been revoked before its time; one for the same role is then got anew, once.
        return first.Denied is { } token && await tokens.Forget(token, cancellation)
            ? (await Ask(question, cancellation)).Result
            : first.Result;
    }

    private async Task<(Either<StoreProblem, EntryAnswer> Result, string? Denied)> Ask(
        EntryQuestion question,
        CancellationToken cancellation
    )
    {
        if (origin.IsNone)
            return (
                new StoreProblem.NoCredentials("the host does not say where the store is: set secrets.vaultEndpoint"),
                null
            );
        var taken = await tokens.Take(cancellation);
        return await taken.Match(
            async token =>
            {
                var reply = await connection.Get(PathOf(question), token, cancellation);
                var isDenied = reply.Exists(it => it.Status == StatusCodes.Status403Forbidden);
                return (reply.Bind(it => Understand(question, it)), isDenied ? token : null);
            },
            problem => Task.FromResult<(Either<StoreProblem, EntryAnswer>, string?)>((problem, null))
        );
    }

    private string PathOf(EntryQuestion question)
    {
        var path = string.Join('/', question.Path.Split('/').Select(Uri.EscapeDataString));
        return options.Uri.IsVersioned
            ? $"{options.Uri.Mount}/data/{path}{question.Version.Match(it => $"?version={it}", () => "")}"
            : $"{options.Uri.Mount}/{path}";
    }

    private Either<StoreProblem, EntryAnswer> Understand(EntryQuestion question, StoreReply reply) =>
        reply switch
        {
            // A version that was deleted is answered like this too, with a body that tells when.
            { Status: StatusCodes.Status404NotFound } when IsAbsent(reply) => new EntryAnswer(None, None),
            { IsSuccess: true } => Entry(reply)
                .ToEither<StoreProblem>(() =>
                    new StoreProblem.Strange(What(question), reply.Status, " and something that is no entry")
                ),
            _ => StoreProblem.Of(origin.IfNone(""), What(question), reply.Status, reply.Body),
        };

    // Only the store's own words count: a proxy's page and a mount that is not there are no answer of the store's.
    private static bool IsAbsent(StoreReply reply) =>
        reply.Json().Exists(body => body["errors"] is JsonArray { Count: 0 } || body["data"] is JsonObject);

    private string What(EntryQuestion question) =>
        $"reading {options.Uri.Mount}/{question.Path} of {origin.IfNone("")}";

    private Option<EntryAnswer> Entry(StoreReply reply) =>
        reply
            .Json()
            .Bind(envelope => Inner(envelope, "data"))
            .Bind(outer => options.Uri.IsVersioned ? Versioned(outer) : Plain(outer));

    private static Option<EntryAnswer> Versioned(JsonObject outer) =>
        from version in Version(outer)
        from inner in Inner(outer, "data")
        select new EntryAnswer(version, Fields(inner));

    private static Option<EntryAnswer> Plain(JsonObject inner) => new EntryAnswer(None, Fields(inner));

    private static Option<JsonObject> Inner(JsonObject outer, string name) =>
        outer[name] is JsonObject inner ? Some(inner) : None;

    private static Map<string, SecretValue> Fields(JsonObject inner) =>
        toMap(inner.ToSeq().Bind(field => Field(field.Key, field.Value)).Strict());

    private static Option<int> Version(JsonObject outer) =>
        outer["metadata"] is JsonObject metadata
        && metadata["version"] is JsonValue value
        && value.TryGetValue<int>(out var version)
            ? version
            : None;

    // What is no text is not there, as in secretspec.
    private static Seq<(string, SecretValue)> Field(string name, JsonNode? value) =>
        value is JsonValue it && it.TryGetValue<string>(out var text)
            ? Seq1((name, SecretValue.Of(text)))
            : Seq<(string, SecretValue)>();

    private static SecretAnswer AnswerAt(SecretAddress address, EntryAnswer entry) =>
        entry
            .Fields.Bind(fields => fields.Find(address.Field))
            .Match<SecretAnswer>(
                value => new SecretAnswer.Found(value, entry.Version),
                () => new SecretAnswer.Absent()
            );
}
