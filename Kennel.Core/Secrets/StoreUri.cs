using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Secrets;

/// <summary>The two servers that speak the same language; they differ in the names of environment variables.</summary>
public enum StoreProduct
{
    /// <summary>OpenBao: <c>BAO_…</c>, then <c>VAULT_…</c>.</summary>
    OpenBao,

    /// <summary>Vault: <c>VAULT_…</c>.</summary>
    Vault,
}

/// <summary>How Kennel proves to the store who it is.</summary>
public enum StoreLogin
{
    /// <summary>With a token that it is given.</summary>
    Token,

    /// <summary>With a role, for which it gets tokens.</summary>
    AppRole,
}

/// <summary>The host's secret store, as <c>secrets.vaultEndpoint</c> says it.</summary>
/// <param name="Product">What it is.</param>
/// <param name="Origin">Where it is, such as <c>https://secrets.example.org</c>; none to take it from the environment.</param>
/// <param name="Mount">The mount of its key-value engine.</param>
/// <param name="IsVersioned">Whether that engine keeps versions.</param>
/// <param name="Namespace">The namespace; none to take it from the environment.</param>
/// <param name="Login">How to log in; none to see what there is.</param>
/// <param name="LoginMount">The mount at which roles log in.</param>
public sealed partial record StoreUri(
    StoreProduct Product,
    Option<string> Origin,
    string Mount,
    bool IsVersioned,
    Option<string> Namespace,
    Option<StoreLogin> Login,
    string LoginMount
)
{
    private const string Allowed =
        "\"https://host\", or \"openbao://[namespace@]host[:port][/mount][?auth=token|approle&auth_mount=M&kv=1|2&tls=false]\", or vault://…";

    private static readonly Set<string> KnownKeys = Set("auth", "auth_mount", "kv", "tls", "namespace");

    /// <summary>Accepts the address of a store: of its web server, or as secretspec writes it.</summary>
    /// <param name="where">Where it stood, for the error.</param>
    /// <param name="given">The text.</param>
    public static Validation<Problem, StoreUri> Parse(string where, string? given)
    {
        var match = UriPattern().Match(given ?? "");
        if (!match.Success)
            return Fail<Problem, StoreUri>(Problem.Of(where, Hidden(given), Allowed));
        var isWeb = match.Groups["scheme"].Value is "http" or "https";
        return (isWeb ? Web(match) : Provider(match)).ToValidation(Problem.Of(where, Hidden(given), Allowed));
    }

    // Whoever writes a password there by mistake must not find it in a log.
    private static string? Hidden(string? given) => given is null ? null : PasswordPattern().Replace(given, "//…@");

    private static Option<StoreUri> Web(Match match) =>
        match.Groups["namespace"].Success
        || match.Groups["query"].Value.Length > 0
        || match.Groups["mount"].Value.Trim('/').Length > 0
        || match.Groups["host"].Value.Length == 0
            ? None
            : new StoreUri(
                StoreProduct.OpenBao,
                $"{match.Groups["scheme"].Value}://{match.Groups["host"].Value}",
                DefaultMount,
                IsVersioned: true,
                Namespace: None,
                Login: None,
                DefaultLoginMount
            );

    private static Option<StoreUri> Provider(Match match)
    {
        var pairs = match
            .Groups["query"]
            .Value.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(Pair)
            .ToSeq()
            .Strict();
        var query = pairs.Fold(Map<string, string>(), (all, pair) => all.TryAdd(pair.Key, pair.Value));
        var login = query.Find("auth").Match(LoginOf, () => Some(StoreLogin.Token));
        var loginMount = query.Find("auth_mount").Map(text => text.Trim('/'));
        var kv = query.Find("kv").IfNone("2");
        var isGood =
            query.Count == pairs.Count
            && query.Keys.ForAll(KnownKeys.Contains)
            && kv is "1" or "2" or "v1" or "v2"
            && loginMount.ForAll(SecretReferences.IsFolder)
            && !(loginMount.IsSome && login != Some(StoreLogin.AppRole))
            && !(match.Groups["namespace"].Success && query.ContainsKey("namespace"));
        return login
            .Filter(_ => isGood)
            .Map(how => new StoreUri(
                match.Groups["scheme"].Value == "vault" ? StoreProduct.Vault : StoreProduct.OpenBao,
                Optional(match.Groups["host"].Value)
                    .Filter(host => host.Length > 0)
                    .Map(host =>
                        $"{(query.Find("tls").Exists(it => it is "false" or "0") ? "http" : "https")}://{host}"
                    ),
                match.Groups["mount"].Value.Trim('/') is { Length: > 0 } mount ? mount : DefaultMount,
                IsVersioned: kv is "2" or "v2",
                Namespace: match.Groups["namespace"] is { Success: true } name ? name.Value : query.Find("namespace"),
                Login: how,
                loginMount.IfNone(DefaultLoginMount)
            ));
    }

    private const string DefaultMount = "secret";
    private const string DefaultLoginMount = "approle";

    private static (string Key, string Value) Pair(string text) =>
        text.Split('=', 2) is [var key, var value] ? (key, value) : (text, "");

    private static Option<StoreLogin> LoginOf(string text) =>
        text switch
        {
            "token" => StoreLogin.Token,
            "approle" => StoreLogin.AppRole,
            _ => None,
        };

    [GeneratedRegex(
        @"\A(?<scheme>https?|openbao|vault)://(?:(?<namespace>[A-Za-z0-9_./-]+)@)?(?<host>(?:(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?)?)(?<mount>(?:/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)*/?)(?:\?(?<query>[A-Za-z0-9_=&./-]*))?\z"
    )]
    private static partial Regex UriPattern();

    [GeneratedRegex(@"//[^/]*@")]
    private static partial Regex PasswordPattern();
}
