using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Forge;

/// <summary>Which unknown repositories may register themselves.</summary>
public static class SelfRegistration
{
    /// <summary>
    /// A repository of a listed owner, whose clone URL ends in that owner and its name, and lies below the forge's
    /// address where that is known: nobody registers a repository elsewhere under a trusted name.
    /// </summary>
    public static bool Admits(this ForgeSettings settings, ForgeRepository repository) =>
        settings.AutoRegister.Contains(repository.Owner.ToLowerInvariant())
        && CloneUrl.Parse("", repository.CloneUrl).IsSuccess
        && RepositoryLocation.Of(repository.CloneUrl).Exists(location => IsOf(location, repository))
        && settings.Url.ForAll(forge => IsBelow(forge, repository.CloneUrl));

    private static bool IsOf(RepositoryLocation location, ForgeRepository repository) =>
        $"/{location.Path}".EndsWith($"/{repository.FullName.ToLowerInvariant()}", StringComparison.Ordinal);

    private static bool IsBelow(string forge, string cloneUrl) =>
        Uri.TryCreate(forge, UriKind.Absolute, out var whole)
        && Uri.TryCreate(cloneUrl, UriKind.Absolute, out var part)
        && whole.Scheme == part.Scheme
        && whole.Host == part.Host
        && whole.Port == part.Port
        && part.UserInfo.Length == 0
        && part.AbsolutePath.StartsWith(whole.AbsolutePath.TrimEnd('/') + "/", StringComparison.OrdinalIgnoreCase);
}
