using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kennel.Shell.OpenBao;

/// <summary>Why the store gave no answer, for people. Neither values nor tokens are in it.</summary>
internal abstract record StoreProblem
{
    private const int LengthMax = 300;

    private StoreProblem() { }

    /// <summary>No connection came about, or no answer came.</summary>
    public sealed record Unreachable(string Detail) : StoreProblem;

    /// <summary>It is sealed: somebody must unseal it.</summary>
    public sealed record Sealed(string Origin) : StoreProblem;

    /// <summary>It does not let Kennel in, or not there.</summary>
    public sealed record Denied(string What, string Said) : StoreProblem;

    /// <summary>Kennel has nothing to log in with.</summary>
    public sealed record NoCredentials(string Detail) : StoreProblem;

    /// <summary>It answered with something else.</summary>
    public sealed record Strange(string What, int Status, string Said) : StoreProblem;

    /// <summary>The problem, for people.</summary>
    public string Describe() =>
        this switch
        {
            Unreachable it => it.Detail,
            Sealed it => $"{it.Origin} is sealed; it must be unsealed there",
            Denied it => $"{it.What} is denied{it.Said}: the token or the policy of Kennel's role does not allow it",
            NoCredentials it => it.Detail,
            Strange it => $"{it.What} was answered with status {it.Status}{it.Said}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>What an answer with an error means.</summary>
    /// <param name="origin">Who answered.</param>
    /// <param name="what">What was asked.</param>
    /// <param name="status">The status.</param>
    /// <param name="body">The body.</param>
    public static StoreProblem Of(string origin, string what, int status, string body)
    {
        var said = ErrorsIn(body);
        var shown = said.Length == 0 ? "" : $" ({said})";
        return status switch
        {
            StatusCodes.Status503ServiceUnavailable when said.Contains("sealed", StringComparison.OrdinalIgnoreCase) =>
                new Sealed(origin),
            StatusCodes.Status403Forbidden => new Denied(what, shown),
            >= 300 and < 400 => new Strange(
                what,
                status,
                ", a redirection: write the address of the active server in secrets.vaultEndpoint"
            ),
            _ => new Strange(what, status, shown),
        };
    }

    private static string ErrorsIn(string body)
    {
        try
        {
            var errors = JsonNode.Parse(body) is JsonObject fields && fields["errors"] is JsonArray list ? list : [];
            var text = string.Join("; ", errors.OfType<JsonValue>().Select(it => it.ToString().Trim()));
            var clean = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
            return clean.Length <= LengthMax ? clean : $"{clean[..LengthMax]}…";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
