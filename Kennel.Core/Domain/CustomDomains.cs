using System.Text.RegularExpressions;

namespace Kennel.Core.Domain;

/// <summary>Host names that projects bring along: what may be one, and who holds it.</summary>
public static partial class CustomDomains
{
    /// <summary>
    /// Accepts a custom domain. Upper case and the dot at the end, which DNS allows, are folded; letters beyond ASCII are
    /// not, for their Punycode is what certificates and records are made for.
    /// </summary>
    /// <param name="where">Where the text stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, HostName> Parse(string where, string given)
    {
        if (given.Any(letter => !char.IsAscii(letter)))
            return Fail<Problem, HostName>(
                Problem.Of(where, given, "the name in Punycode (xn--…), as browsers show it in their address bar")
            );
        var name = given.EndsWith('.') ? given[..^1] : given;
        return HostName
            .Parse(where, name)
            .Bind(host =>
                Whole().IsMatch(host.Value)
                    ? Success<Problem, HostName>(host)
                    : Fail<Problem, HostName>(
                        Problem.Of(where, given, "a whole domain such as \"shop.example.org\", and no address")
                    )
            );
    }

    /// <summary>Whether a name is this domain or below it.</summary>
    public static bool IsWithin(HostName name, HostName domain) =>
        name == domain || name.Value.EndsWith($".{domain}", StringComparison.Ordinal);

    // The last label of an address is a number, that of a domain never is.
    [GeneratedRegex(@"\.(?![0-9]+\z)[a-z0-9-]+\z")]
    private static partial Regex Whole();
}

/// <summary>Who holds a custom domain: a branch, whatever component it leads to.</summary>
/// <param name="Project">The project.</param>
/// <param name="Reference">The full git reference; every incarnation of a branch is the same holder.</param>
public sealed record DomainHolder(ProjectId Project, string Reference);
