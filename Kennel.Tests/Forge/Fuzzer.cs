using System.Text;

namespace Kennel.Tests.Forge;

/// <summary>
/// Makes deliveries that nobody would send: well-formed ones with something changed, cut out, doubled, swapped or
/// made huge, in their bytes, their JSON or their headers. The same seed makes the same deliveries.
/// </summary>
internal sealed class Fuzzer(int seed)
{
    private static readonly string[] Events = ["push", "create", "delete", "pull_request", "ping", "pull_request_sync"];

    private static readonly string[] Values =
    [
        "null",
        "true",
        "{}",
        "[]",
        "\"\"",
        "0",
        "-1",
        "7",
        "1e400",
        "9223372036854775808",
        "0.5",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "\"refs/heads/\"",
        "\"refs/heads/../x\"",
        "\"refs/tags/v1\"",
        "\"refs/pull/1/head\"",
        $"\"{Bodies.Zero}\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"9999-12-31T23:59:59-14:00\"",
        $"\"{new string('x', 3000)}\"",
        $"{new string('[', 40)}{new string(']', 40)}",
        "\"closed\"",
        "\"edited\"",
        "{ \"ref\": { \"from\": \"x\" } }",
    ];

    private static readonly string[] HeaderNames =
    [
        "X-Forgejo-Event",
        "X-Gitea-Event",
        "X-GitHub-Event",
        "X-Forgejo-Delivery",
        "X-Gogs-Delivery",
        "X-Forgejo-Signature",
        "X-Hub-Signature-256",
        "X-Gitea-Signature",
        "Content-Type",
    ];

    private static readonly string[] HeaderValues =
    [
        "",
        " ",
        "push",
        "pull_request",
        "PUSH",
        "sha256=",
        "sha256=" + new string('0', 64),
        new string('0', 64),
        new string('g', 64),
        new string('a', 5000),
        "application/json",
        "application/json;;;",
        "text/plain",
        "é",
        ",,,",
    ];

    private readonly Random random = new(seed);

    /// <summary>One more delivery.</summary>
    internal FuzzCase Next()
    {
        var name = Pick(Events);
        var whole = Encoding.UTF8.GetBytes(Body(name));
        var body = whole;
        for (var count = random.Next(3) - 1; count > 0; count--)
            body = Damaged(body);
        var isSigned = random.Next(4) > 0;
        var headers = new List<string> { $"X-Forgejo-Event: {name}", $"X-GitHub-Delivery: {random.Next(100_000)}" };
        // A signature of what the body was before it was damaged is none.
        if (isSigned || random.Next(2) == 0)
            headers.Add($"X-Forgejo-Signature: {Signature(isSigned ? body : whole)}");
        for (var count = random.Next(6) - 4; count > 0; count--)
            headers.Add($"{Pick(HeaderNames)}: {Pick(HeaderValues)}");
        return new FuzzCase(isSigned || body.AsSpan().SequenceEqual(whole), [.. Head(headers, body.Length), .. body]);
    }

    private byte[] Head(List<string> headers, int length)
    {
        if (random.Next(40) > 0)
            headers.Add("Content-Type: application/json");
        headers.Add($"Content-Length: {(random.Next(16) == 0 ? random.Next(length + 9) : length)}");
        var head = Encoding.UTF8.GetBytes(
            $"POST {Path()} HTTP/1.1\r\nHost: kennel\r\nConnection: close\r\n{string.Join("\r\n", headers)}\r\n\r\n"
        );
        return random.Next(16) == 0 ? Damaged(head) : head;
    }

    private static string Signature(byte[] body) =>
        Convert.ToHexStringLower(SignatureTests.Sign(WebhookOnTrial.Secret, body));

    private string Path() =>
        random.Next(8) > 0
            ? Pick(["/webhook", "/webhook/hello"])
            : Pick(["/webhook/HELLO", "/webhook/%00", "/webhook/build", "/webhook/a%2Fb", "/webhook/a/b", "/"]);

    private string Body(string name)
    {
        var body = name switch
        {
            "push" => Bodies.Push(Pick(["refs/heads/main", "refs/heads/ü", "refs/tags/v1", "main"])),
            "create" => Bodies.Create(Pick(["main", "refs/heads/x", "refs/tags/x"]), Pick(["branch", "tag", "twig"])),
            "delete" => Bodies.Delete(Pick(["main", "refs/heads/x", "refs/tags/x"]), Pick(["branch", "tag", "twig"])),
            "ping" => $$"""{ "zen": "", "repository": {{Bodies.Repository(random.Next(5, 9))}} }""",
            _ => Bodies.PullRequest(Pick(["opened", "closed", "synchronized", "edited", "reopened", "assigned"])),
        };
        for (var count = random.Next(3); count > 0; count--)
            body = WithOtherValue(body);
        return body;
    }

    // After a colon stands a value; what it is replaced with may leave the rest of it behind.
    private string WithOtherValue(string body)
    {
        var places = Enumerable
            .Range(0, body.Length)
            .Where(index => body[index] == ':' && body[index + 1] == ' ')
            .ToList();
        var from = places[random.Next(places.Count)] + 2;
        var to = random.Next(4) == 0 ? from : body.IndexOfAny([',', '}'], from);
        return body[..from] + Pick(Values) + body[Math.Max(from, to)..];
    }

    private byte[] Damaged(byte[] body)
    {
        if (body.Length == 0)
            return [(byte)random.Next(256)];
        var (from, length) = (random.Next(body.Length), random.Next(1, 30));
        var to = Math.Min(body.Length, from + length);
        return random.Next(6) switch
        {
            0 => Flipped(body, from),
            1 => [.. body[..from], .. body[to..]],
            2 => [.. body[..to], .. body[from..]],
            3 => body[..from],
            4 => [.. body[..from], .. Noise(length), .. body[from..]],
            _ => [.. body[from..], .. body[..from]],
        };
    }

    private byte[] Flipped(byte[] body, int place)
    {
        var changed = body.ToArray();
        changed[place] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
