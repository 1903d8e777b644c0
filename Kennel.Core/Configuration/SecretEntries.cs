using System.Text.Json;
using Kennel.Core.Domain;
using Kennel.Core.Secrets;

namespace Kennel.Core.Configuration;

/// <summary>The options for secrets.</summary>
internal static class SecretEntries
{
    private static readonly ValueKind<bool> Flag = new(
        "true or false",
        "true or false",
        element => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? Some(element.GetBoolean()) : None,
        value => value ? "true" : "false"
    );

    private static readonly ValueKind<string> Store = new(
        "url",
        "\"https://host\", or as secretspec writes a provider: \"openbao://host/mount?auth=approle\"",
        element => Text(element).Filter(text => StoreUri.Parse("", text).IsSuccess),
        text => $"\"{JsonEncodedText.Encode(text)}\""
    );

    private static readonly ValueKind<Map<DeployEnvironment, string>> Profiles = new(
        "object",
        "an object such as {\"prod\": \"production\"}, its keys prod, staging, dev and preview",
        element =>
            element.ValueKind == JsonValueKind.Object
                ? element
                    .EnumerateObject()
                    .Select(field => Profile(field.Name, field.Value))
                    .ToSeq()
                    .Strict()
                    .Sequence()
                    .Filter(pairs => toSet(pairs.Map(pair => pair.Key)).Count == pairs.Count)
                    .Map(pairs => toMap(pairs))
                : None,
        map => $"{{{string.Join(", ", map.Pairs.Map(pair => $"\"{pair.Key.Word()}\": \"{pair.Value}\""))}}}"
    );

    private static readonly ValueKind<Seq<string>> Folders = new(
        "list of text",
        "a list of paths below the mount, such as [\"shared\"]",
        element =>
            element.ValueKind == JsonValueKind.Array
                ? element
                    .EnumerateArray()
                    .Select(item => Text(item).Filter(SecretReferences.IsFolder))
                    .ToSeq()
                    .Strict()
                    .Sequence()
                    .Map(texts => texts.Strict())
                : None,
        texts => $"[{string.Join(", ", texts.Map(text => $"\"{text}\""))}]"
    );

    public static Seq<ConfigurationEntry> All() =>
        Seq(
            Entry(
                "secrets.enable",
                Flag,
                it => it.IsEnabled,
                (it, value) => it with { IsEnabled = value },
                "Whether projects get their secrets from OpenBao. "
                    + "Without it a project that declares a secret it cannot do without is not deployed."
            ),
            Entry(
                "secrets.vaultEndpoint",
                Store,
                it => it.VaultEndpoint,
                (it, value) => it with { VaultEndpoint = value },
                "Where OpenBao or Vault is. With a plain address the engine is `secret`, version 2; Kennel logs in with "
                    + "a role if it has one and else with a token."
            ),
            Entry(
                "secrets.tokenFile",
                ValueKinds.OptionalPath,
                it => it.Files.Token,
                (it, value) => it with { Files = it.Files with { Token = value } },
                "The file that holds a token. Without it `BAO_TOKEN`, `VAULT_TOKEN`, `BAO_TOKEN_PATH` and `VAULT_TOKEN_PATH` "
                    + "of Kennel's environment count."
            ),
            Entry(
                "secrets.roleIdFile",
                ValueKinds.OptionalPath,
                it => it.Files.RoleId,
                (it, value) => it with { Files = it.Files with { RoleId = value } },
                "The file that holds the id of an AppRole; without it `BAO_ROLE_ID` and `VAULT_ROLE_ID`."
            ),
            Entry(
                "secrets.secretIdFile",
                ValueKinds.OptionalPath,
                it => it.Files.SecretId,
                (it, value) => it with { Files = it.Files with { SecretId = value } },
                "The file that holds the secret id of that AppRole; without it `BAO_SECRET_ID` and `VAULT_SECRET_ID`."
            ),
            Entry(
                "secrets.profiles",
                Profiles,
                it => it.Profiles,
                (it, value) => it with { Profiles = value },
                "Which profile of secretspec branches get, where it is not called as they are: `prod` for the default branch, "
                    + "`staging`, `dev` for dev and all others, `preview` for pull requests."
            ),
            Entry(
                "secrets.shared",
                Folders,
                it => it.Shared,
                (it, value) => it with { Shared = value },
                "The paths below the mount that every project may name in a `ref`. What else it names must be its own."
            ),
            Entry(
                "secrets.watch",
                Flag,
                it => it.IsWatched,
                (it, value) => it with { IsWatched = value },
                "Whether Kennel asks the store every minute, and redeploys what serves when it has other versions of its "
                    + "secrets. Without it `kennel redeploy` picks them up."
            )
        );

    private static ConfigurationEntry Entry<T>(
        string key,
        ValueKind<T> kind,
        Func<SecretConfiguration, T> get,
        Func<SecretConfiguration, T, SecretConfiguration> set,
        string meaning
    ) =>
        ConfigurationEntries.Entry(
            key,
            kind,
            it => get(it.Secrets),
            (it, value) => it with { Secrets = set(it.Secrets, value) },
            meaning
        );

    private static Option<(DeployEnvironment Key, string Value)> Profile(string key, JsonElement value) =>
        from environment in DeployEnvironments.Parse("", Seq1(key)).ToOption().Bind(found => found.HeadOrNone())
        from name in Text(value).Filter(SecretProfiles.IsName)
        select (environment, name);

    private static Option<string> Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { } text ? Some(text) : None;
}
