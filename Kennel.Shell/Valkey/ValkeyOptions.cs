namespace Kennel.Shell.Valkey;

/// <summary>How Valkey is reached.</summary>
/// <param name="SocketPath">Its unix socket.</param>
/// <param name="User">The user that Kennel is.</param>
/// <param name="PasswordFile">The file with that user's password, where he has one.</param>
public sealed record ValkeyOptions(string SocketPath, string User, Option<string> PasswordFile)
{
    /// <summary>The program that speaks to it.</summary>
    public string Program { get; init; } = "valkey-cli";

    /// <summary>How long one question may take.</summary>
    public TimeSpan LookLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one change may take.</summary>
    public TimeSpan ChangeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server that did not answer is left alone.</summary>
    public TimeSpan RestAfterSilence { get; init; } = TimeSpan.FromSeconds(15);
}
