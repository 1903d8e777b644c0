using System.Text.Json.Nodes;

namespace Kennel.Tests.OpenBao;

/// <summary>One version of an entry.</summary>
internal sealed record StandInVersion(JsonObject Data, bool IsDeleted, bool IsDestroyed);

/// <summary>A key-value engine as the stand-in keeps it, with or without versions.</summary>
internal sealed class StandInEngine(bool isVersioned)
{
    private readonly Dictionary<string, List<StandInVersion>> _entries = new(StringComparer.Ordinal);

    public bool IsVersioned => isVersioned;

    /// <summary>Writes an entry; gives the number of the new version.</summary>
    public int Put(string path, JsonObject data)
    {
        if (!_entries.TryGetValue(path, out var versions))
            _entries[path] = versions = [];
        versions.Add(new StandInVersion(data, false, false));
        return versions.Count;
    }

    /// <summary>Forgets an entry with all its versions.</summary>
    public void Remove(string path) => _entries.Remove(path);

    /// <summary>Deletes a version as a person would, so that it could be brought back.</summary>
    public void Delete(string path, int version) => Change(path, version, it => it with { IsDeleted = true });

    /// <summary>Destroys a version for good.</summary>
    public void Destroy(string path, int version) => Change(path, version, it => it with { IsDestroyed = true });

    public (int Version, StandInVersion Content)? Find(string path, int? version)
    {
        if (!_entries.TryGetValue(path, out var versions))
            return null;
        var number = version is null or 0 ? versions.Count : version.Value;
        return number >= 1 && number <= versions.Count ? (number, versions[number - 1]) : null;
    }

    private void Change(string path, int version, Func<StandInVersion, StandInVersion> change) =>
        _entries[path][version - 1] = change(_entries[path][version - 1]);
}

/// <summary>A role to log in with.</summary>
internal sealed record StandInRole(string RoleId, string? SecretId, int TokenSeconds, int TokenUses);

/// <summary>A token that the stand-in gave, or that a test did.</summary>
internal sealed class StandInToken(DateTimeOffset? until, int uses)
{
    public DateTimeOffset? Until { get; } = until;

    /// <summary>How often it may still be used; less than nothing for ever.</summary>
    public int UsesLeft { get; set; } = uses == 0 ? -1 : uses;
}
