using Kennel.Core.Planning;

namespace Kennel.Shell.Postgres;

/// <summary>Statements whose names and texts cannot be parameters.</summary>
internal static class Sql
{
    internal const string StatementTimeout = "statement_timeout";

    /// <summary>A name in quotes.</summary>
    internal static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text in quotes, whatever the server makes of backslashes.</summary>
    internal static string Text(string text) =>
        $"E'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>What a database may use.</summary>
    internal static Seq<string> Limits(string database, DatabaseLimits limits) =>
        Seq(
            $"ALTER DATABASE {Name(database)} CONNECTION LIMIT {limits.ConnectionsMax.IfNone(-1)}",
            limits.StatementSeconds.Match(
                seconds => $"ALTER DATABASE {Name(database)} SET {StatementTimeout} = '{seconds}s'",
                () => $"ALTER DATABASE {Name(database)} RESET {StatementTimeout}"
            )
        );
}
