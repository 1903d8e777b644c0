using Kennel.Core.Secrets;

namespace Kennel.Shell.OpenBao;

/// <summary>How to reach the secret store.</summary>
/// <param name="Uri">Where it is and how to log in.</param>
/// <param name="Files">The files to log in with.</param>
/// <param name="Variable">The environment.</param>
internal sealed record StoreOptions(StoreUri Uri, StoreFiles Files, Func<string, Option<string>> Variable)
{
    private const string Home = "HOME";

    /// <summary>How long one answer may take.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where it is; none where nobody says.</summary>
    public Option<string> Origin => Uri.Origin | Find("ADDR").Map(text => text.TrimEnd('/'));

    /// <summary>The namespace that is asked.</summary>
    public Option<string> Namespace => Uri.Namespace | Find("NAMESPACE");

    /// <summary>How to log in: as the address says, else with a role where there is one.</summary>
    public StoreLogin Login =>
        Uri.Login.IfNone(() =>
            Files.RoleId.IsSome || (Files.Token.IsNone && Find("ROLE_ID").IsSome)
                ? StoreLogin.AppRole
                : StoreLogin.Token
        );

    /// <summary>The token that Kennel is given; a file is read anew each time, for something else may renew it.</summary>
    public Either<string, string> Token() =>
        Files.Token.Match(
            SecretsFile,
            () =>
                Find("TOKEN")
                    .Match(
                        Right<string, string>,
                        () =>
                            TokenPath()
                                .ToEither(
                                    "there is no token: set secrets.tokenFile, or VAULT_TOKEN in the environment of kennel.service"
                                )
                                .Bind(SecretsFile)
                    )
        );

    /// <summary>The role to log in with, and the proof that it may be taken, which not every role needs.</summary>
    public Either<string, (string RoleId, Option<string> SecretId)> Role() =>
        from role in FileOr(Files.RoleId, "ROLE_ID")
            .Bind(found =>
                found.ToEither(
                    "there is no role: set secrets.roleIdFile, or VAULT_ROLE_ID in the environment of kennel.service"
                )
            )
        from secret in FileOr(Files.SecretId, "SECRET_ID")
        select (role, secret);

    private Either<string, Option<string>> FileOr(Option<string> file, string name) =>
        file.Match(path => SecretsFile(path).Map(Some), () => Right<string, Option<string>>(Find(name)));

    private Option<string> TokenPath() =>
        Find("TOKEN_PATH") | Variable(Home).Map(home => $"{home}/.vault-token").Filter(File.Exists);

    private Option<string> Find(string name) => StoreEnvironment.Find(Uri.Product, name, Variable);

    private static Either<string, string> SecretsFile(string path) =>
        Forgejo.SecretLine.Read("secrets", path).ToEither().MapLeft(problems => string.Join("; ", problems));
}
