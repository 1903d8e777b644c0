using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Secrets;

/// <summary>Which profile a branch gets: it follows from what the branch is for, and never from the repository.</summary>
/// <param name="Changed">The environments whose profile is called otherwise on this host.</param>
public sealed partial record SecretProfiles(Map<DeployEnvironment, string> Changed)
{
    /// <summary>Each environment has the profile of its own name.</summary>
    public static readonly SecretProfiles Usual = new(Map<DeployEnvironment, string>());

    /// <summary>The profile of an environment.</summary>
    public string Of(DeployEnvironment environment) => Changed.Find(environment).IfNone(environment.Word());

    /// <summary>Whether a text can be the name of a profile; it becomes a part of a path.</summary>
    public static bool IsName(string text) => NamePattern().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex NamePattern();
}
