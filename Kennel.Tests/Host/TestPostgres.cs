namespace Kennel.Tests.Host;

/// <summary>PostgreSQL on a host, set up as the manual says.</summary>
internal static class TestPostgres
{
    public const string Psql = "/usr/lib/postgresql/17/bin/psql -XAtq";
    public const string AsSuperuser = "runuser -u postgres -- " + Psql;

    /// <summary>What the superuser does once, as a shell script.</summary>
    public const string Rights = $"""
        systemctl enable --now --quiet postgresql
        until {AsSuperuser} -c 'SELECT 1' >/dev/null 2>&1; do sleep 0.2; done
        {AsSuperuser} -c 'CREATE ROLE kennel LOGIN CREATEDB CREATEROLE' \
            -c 'REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC' \
            -c 'GRANT CONNECT ON DATABASE postgres TO kennel'
        """;

    /// <summary>Databases and a role with names as Kennel gives them, which others made.</summary>
    public const string LookAlikes = $"""
        {AsSuperuser} -c 'CREATE ROLE "knl-0000000000000000" LOGIN' -c 'CREATE DATABASE kennel_hello_main2' \
            -c 'CREATE DATABASE "kennel_hello_pr-1" OWNER "knl-0000000000000000"'
        """;

    /// <summary>Prints all databases and roles, each with its own number.</summary>
    public const string Everything = $"""
        {AsSuperuser} -c 'SELECT datname, oid, datacl FROM pg_database ORDER BY 1' \
            -c "SELECT rolname, oid FROM pg_roles WHERE rolname NOT LIKE 'pg\_%' ORDER BY 1"
        """;

    /// <summary>Change of a program: it adds a row to its database whenever it starts, and says how many there are.</summary>
    public const string Count = $$"""
        cat >count.pl <<'COUNT'
        my $psql = '{{Psql}}';
        system("$psql -c 'CREATE TABLE IF NOT EXISTS visits (n int)' -c 'INSERT INTO visits VALUES (1)'") == 0 or die "no database\n";
        my $rows = `$psql -c 'SELECT count(*) FROM visits'`;
        chomp $rows;
        $version .= " with $rows rows in $ENV{PGDATABASE}";
        COUNT
        sed -i '/^my .version/r count.pl' hello
        """;
}
