using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Secrets;
using Kennel.Core.Units;
using Kennel.Tests.Views;
using static Kennel.Tests.Secrets.Specifications;

namespace Kennel.Tests.Secrets;

public sealed class TakenNamesTests
{
    [Theory]
    [InlineData(ResourceKind.Postgres, "DATABASE_URL")]
    [InlineData(ResourceKind.Postgres, "PGHOST")]
    [InlineData(ResourceKind.Postgres, "PGDATABASE")]
    [InlineData(ResourceKind.Postgres, "PGUSER")]
    [InlineData(ResourceKind.Valkey, "VALKEY_URL")]
    [InlineData(ResourceKind.Valkey, "REDIS_URL")]
    [InlineData(ResourceKind.Garage, "S3_ENDPOINT")]
    [InlineData(ResourceKind.Garage, "S3_BUCKET")]
    [InlineData(ResourceKind.Garage, "AWS_ENDPOINT_URL_S3")]
    [InlineData(ResourceKind.Garage, "AWS_ACCESS_KEY_ID")]
    [InlineData(ResourceKind.Garage, "AWS_SECRET_ACCESS_KEY")]
    [InlineData(ResourceKind.Garage, "AWS_REGION")]
    public void A_secret_takes_the_place_of_no_variable_of_a_branchs_own_data(ResourceKind kind, string name)
    {
        var file = File($$"""{ "prod": { "{{name}}": {} } }""");

        Assert.Empty(Problems(Plan(file, Prod)));
        Assert.Empty(Problems(Plan(file, Prod, ResourceKinds.All.Filter(other => other != kind))));
        var told = Assert.Single(Problems(Plan(file, Prod, kind)));
        Assert.StartsWith($"secretspec.toml: profiles.prod.{name}: got \"{name}\"", told, StringComparison.Ordinal);
        Assert.Contains($"the branch's own {kind.Word()}", told, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_refused_says_all_names_why_and_what_to_do() =>
        Assert.Equal(
            [
                "secretspec.toml: profiles.prod.DATABASE_PATH: got \"DATABASE_PATH\"; expected a name other than "
                    + "DATABASE_PATH: Kennel sets it for every service, and kennel.json may set it to another path",
                "secretspec.toml: profiles.prod.DATABASE_URL: got \"DATABASE_URL\"; expected a name other than "
                    + "DATABASE_URL, PGHOST, PGDATABASE, PGUSER: Kennel sets these to the branch's own postgres; "
                    + "list \"resources\" in kennel.json without \"postgres\" to do without it",
            ],
            Problems(
                Plan(File("""{ "prod": { "DATABASE_PATH": {}, "DATABASE_URL": {} } }"""), Prod, ResourceKind.Postgres)
            )
        );

    [Fact]
    public void The_names_are_those_that_a_database_is_told_by() =>
        Assert.Equal(
            ResourceEnvironment.Names(ResourceKind.Postgres),
            ResourceEnvironment
                .OfDatabase(
                    new PostgresSettings("/run/postgresql", DatabaseLimits.None),
                    Scene.Sure(RoleName.Parse("test", "knl-0123456789abcdef")),
                    Scene.Sure(DatabaseName.Parse("test", "kennel_hello_main"))
                )
                .Map(variable => variable.Split('=')[0])
        );

    [Fact]
    public void Terms_name_the_project_as_the_store_calls_it_and_the_data_that_the_branch_gets()
    {
        var terms = SecretRules.Default.Terms(
            Scene.Sure(ProjectName.Parse("test", "hello")),
            DeployEnvironment.Prod,
            Set(ResourceKind.Postgres)
        );

        Assert.Equal("secretspec/hello/prod", terms.Owner.Folder);
        Assert.Contains("PGHOST", terms.Taken.Keys);
        Assert.DoesNotContain("REDIS_URL", terms.Taken.Keys);
    }
}
