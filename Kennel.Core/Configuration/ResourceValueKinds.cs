using System.Text.Json;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Configuration;

/// <summary>The kinds of values that the options about data services need.</summary>
public static partial class ValueKinds
{
    /// <summary>Yes or no.</summary>
    public static readonly ValueKind<bool> Flag = new(
        "true or false",
        "true or false",
        element => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? Some(element.GetBoolean()) : None,
        value => value ? "true" : "false"
    );

    /// <summary>Extensions of PostgreSQL.</summary>
    public static readonly ValueKind<Seq<ExtensionName>> Extensions = new(
        "list of text",
        "a list of names of extensions, such as [\"pg_trgm\"]",
        element =>
            Texts(element)
                .Bind(names =>
                    names.Map(name => ExtensionName.Parse("", name).ToOption()).Sequence().Map(all => all.Strict())
                ),
        names => List(names.Map(name => name.Value))
    );

    /// <summary>Where branches get their caches.</summary>
    public static readonly ValueKind<CacheMode> CacheModes = new(
        "text",
        "\"shared\" or \"instance\"",
        element =>
            Text(element)
                .Bind(text =>
                    text switch
                    {
                        "shared" => Some(CacheMode.Shared),
                        "instance" => Some(CacheMode.Instance),
                        _ => None,
                    }
                ),
        mode =>
            mode switch
            {
                CacheMode.Shared => Quote("shared"),
                CacheMode.Instance => Quote("instance"),
                _ => throw new System.Diagnostics.UnreachableException(),
            }
    );

    /// <summary>Databases that may be copied.</summary>
    public static readonly ValueKind<Seq<TemplateName>> Templates = new(
        "list of text",
        "a list of names of databases, none of which begins with kennel_, such as [\"shop_sample\"]",
        element =>
            Texts(element)
                .Bind(names =>
                    names.Map(name => TemplateName.Parse("", name).ToOption()).Sequence().Map(all => all.Strict())
                ),
        names => List(names.Map(name => name.Value))
    );

    /// <summary>A directory that can stand in a connection's address as it is.</summary>
    public static readonly ValueKind<string> SocketDirectory = new(
        "path",
        "an absolute path of A-Z a-z 0-9 . _ - and /, without \"..\"",
        element => Text(element).Filter(text => IsPath(text) && PlainPath().IsMatch(text)),
        Quote
    );

    /// <summary>Where a server is; a slash at the end is taken away.</summary>
    public static readonly ValueKind<string> ServiceUrl = new(
        "url",
        "\"https://host\" or \"http://host:port\", also with a path, without user name and query",
        element => Text(element).Filter(IsWebUrl).Map(text => text.TrimEnd('/')),
        Quote
    );

    /// <summary>A user or a region.</summary>
    public static readonly ValueKind<string> PlainName = new(
        "name",
        "1 to 64 of A-Z a-z 0-9 . _ -",
        element => Text(element).Filter(text => UserName().IsMatch(text)),
        Quote
    );

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex UserName();

    [GeneratedRegex(@"\A/[A-Za-z0-9._/-]*\z")]
    private static partial Regex PlainPath();
}
