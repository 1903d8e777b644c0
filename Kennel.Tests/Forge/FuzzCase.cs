using System.Text;

namespace Kennel.Tests.Forge;

/// <summary>A delivery to try, as a file that is kept: path, signed or not, headers, an empty line, the body.</summary>
internal sealed record FuzzCase(
    string Path,
    bool IsSigned,
    IReadOnlyList<(string Name, string Value)> Headers,
    byte[] Body
)
{
    private const string SignedWord = "signed";

    internal HttpRequestMessage Request(string secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(Body) };
        if (!Headers.Any(header => header.Name == "Content-Type"))
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        if (IsSigned)
            request.Headers.Add("X-Forgejo-Signature", Convert.ToHexStringLower(SignatureTests.Sign(secret, Body)));
        foreach (var (name, value) in Headers)
        {
            if (name == "Content-Type")
                request.Content.Headers.TryAddWithoutValidation(name, value);
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    internal byte[] Written()
    {
        var head = new StringBuilder($"{Path}\n{(IsSigned ? SignedWord : "")}\n");
        foreach (var (name, value) in Headers)
            head.Append(name).Append(": ").Append(value).Append('\n');
        return [.. Encoding.UTF8.GetBytes(head.Append('\n').ToString()), .. Body];
    }

    internal static FuzzCase Read(byte[] file)
    {
        var end = file.AsSpan().IndexOf("\n\n"u8);
        // An unsigned case has an empty second line, which is no end.
        var headEnd =
            Encoding.UTF8.GetString(file[..(end + 1)]).Count(letter => letter == '\n') < 2
                ? end + 1 + file.AsSpan(end + 1).IndexOf("\n\n"u8)
                : end;
        var lines = Encoding.UTF8.GetString(file[..headEnd]).Split('\n');
        return new FuzzCase(
            lines[0],
            lines[1] == SignedWord,
            lines[2..].Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts[1])).ToList(),
            file[(headEnd + 2)..]
        );
    }
}
