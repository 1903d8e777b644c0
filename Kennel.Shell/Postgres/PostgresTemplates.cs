using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Npgsql;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Postgres;

/// <summary>
/// Databases that are made as copies of others. What is in a copy belongs to whom it belonged to, and is given to the new
/// owner one by one: <c>REASSIGN OWNED</c> would give him every database of that role, too.
/// </summary>
internal static class PostgresTemplates
{
    private const int ShownMax = 5;

    // What a superuser made while the server was set up stands in no list of owners, and nobody else can give it away.
    private const string OfTheSuperuser = """
        SELECT c.oid::regclass::text || ' belongs to ' || pg_get_userbyid(c.relowner)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relowner = 10
            AND n.nspname <> 'information_schema' AND NOT starts_with(n.nspname, 'pg_')
            AND NOT EXISTS (SELECT 1 FROM pg_depend e
                WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
        ORDER BY 1
        """;

    private const string OfOthers = """
        SELECT 'ALTER ' || CASE o.type WHEN 'statistics object' THEN 'statistics' ELSE o.type END || ' ' || o.identity || ' OWNER TO '
        FROM pg_shdepend d CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) o
        WHERE d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o'
            AND d.refobjid <> (SELECT oid FROM pg_roles WHERE rolname = @owner)
            AND o.type IN ('schema', 'table', 'view', 'materialized view', 'sequence', 'foreign table', 'function', 'procedure',
                'aggregate', 'type', 'collation', 'conversion', 'operator', 'operator class', 'operator family',
                'text search configuration', 'text search dictionary', 'statistics object', 'large object')
            AND NOT EXISTS (SELECT 1 FROM pg_depend e
                WHERE e.classid = d.classid AND e.objid = d.objid AND (e.deptype = 'e'
                    OR o.type = 'sequence' AND e.deptype IN ('a', 'i') AND e.refclassid = 'pg_class'::regclass))
            AND NOT (o.type = 'type' AND EXISTS (SELECT 1 FROM pg_type t WHERE t.oid = d.objid AND t.typtype = 'm'))
        ORDER BY o.type <> 'schema', o.type, o.identity
        """;

    /// <summary>The end of the statement that makes a database.</summary>
    internal static string Clause(Option<TemplateName> template) =>
        template.Match(name => $" TEMPLATE {Sql.Name(name.Value)}", () => "");

    /// <summary>Gives all that is in a copy to its owner; said from inside of it.</summary>
    internal static async Task<Effect> Adopt(
        PostgresSession session,
        NpgsqlConnection inside,
        Action.AdoptObjects action,
        CancellationToken cancellation
    )
    {
        var stuck = await PostgresQueries.All(inside, OfTheSuperuser, row => row.GetString(0), cancellation);
        if (!stuck.IsEmpty)
            return Refused($"{string.Join(", ", stuck.Take(ShownMax))}", action.Template);
        var statements = await PostgresQueries.All(
            inside,
            OfOthers,
            row => row.GetString(0) + Sql.Name(action.Owner.Value),
            cancellation,
            ("owner", action.Owner.Value)
        );
        var effect = await session.Together(inside, statements, cancellation);
        return effect is Effect.Failed { Cause: Cause.Refused refused }
            ? Refused(refused.Detail, action.Template)
            : effect;
    }

    /// <summary>A refusal to copy, with what a person can do about it.</summary>
    internal static Effect Explain(Effect effect, Option<TemplateName> template, string user) =>
        effect is Effect.Failed { Cause: Cause.Refused refused } && template.IsSome
            ? template.Match(
                name => Effect.Refused(refused.System, $"{refused.Detail}{Remedy(refused.Detail, name, user)}"),
                () => effect
            )
            : effect;

    private static string Remedy(string detail, TemplateName template, string user) =>
        detail.Contains("permission denied to copy", StringComparison.Ordinal)
            ? $"; as its superuser: ALTER DATABASE {Sql.Name(template.Value)} OWNER TO {Sql.Name(user)}"
        : detail.Contains("being accessed by other users", StringComparison.Ordinal)
            ? $"; so that nobody is in it: ALTER DATABASE {Sql.Name(template.Value)} ALLOW_CONNECTIONS false"
        : "";

    private static Effect Refused(string detail, TemplateName template) =>
        Effect.Refused(
            DatabasePlanner.System,
            $"not all that is in {template} can be given to a preview: {detail}; make {template}, and all that is in it, as the role that "
                + "Kennel is"
        );
}
