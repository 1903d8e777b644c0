using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Forge;

/// <summary>Which unknown repositories may register themselves.</summary>
public static class SelfRegistration
{
    private static readonly UriCreationOptions AsWritten = new()
    {
        // What "..", or a letter in disguise, leads to is not guessed: such a path is no repository's.
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    /// <summary>
    /// A repository of a listed owner whose clone URL is the one that the forge's address, that owner and its name make:
    /// nobody registers a repository elsewhere, or a file of another repository, under a trusted name.
    /// </summary>
    public static bool Admits(this ForgeSettings settings, ForgeRepository repository) =>
        settings.AutoRegister.Contains(repository.Owner.ToLowerInvariant())
        && CloneUrl.Parse("", repository.CloneUrl).IsSuccess
        && settings.Url.Exists(forge => IsOn(forge, repository));

    private static bool IsOn(string forge, ForgeRepository repository) =>
        Uri.TryCreate(forge, AsWritten, out var whole)
        && Uri.TryCreate(repository.CloneUrl, AsWritten, out var part)
        && whole.Scheme == part.Scheme
        && whole.Host == part.Host
        && whole.Port == part.Port
        && part.UserInfo.Length == 0
        && IsPath(part.AbsolutePath, $"{whole.AbsolutePath.TrimEnd('/')}/{repository.FullName}");

    private static bool IsPath(string path, string expected) =>
        path.Equals(expected, StringComparison.OrdinalIgnoreCase)
        || path.Equals($"{expected}.git", StringComparison.OrdinalIgnoreCase);
}
