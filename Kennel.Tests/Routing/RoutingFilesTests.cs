using Kennel.Core.Domain;
using Kennel.Core.Routing;
using static Kennel.Tests.Routing.Rows;

namespace Kennel.Tests.Routing;

public sealed class RoutingFilesTests
{
    private static readonly RoutingTable Example = Table(
            ("api-main.example.org", Service(20000)),
            ("docs-main.example.org", Site("docs")),
            ("app-main.example.org", Site("app", singlePage: true)),
            ("new-main.example.org", SiteAfter("new", "old")),
            ("sleepy.example.org", new Route.Asleep()),
            ("closed.example.org", new Route.Maintenance("Back at <five>"))
        )
        .With(Hidden(Ours, Service(20002)), "api-pr-1.example.org")
        .With(Hidden(Theirs, new Route.Asleep()), "api-pr-2.example.org");

    [Fact]
    public void The_rows_of_some_routes_of_each_kind_are_the_committed_ones() =>
        Golden.Holds(
            "Kennel.Tests/Routing/routing-rows.golden.txt",
            string.Join('\n', RoutingFiles.Of(Example).Rows.Select(row => $"{row.Key} {row.Value}")) + "\n"
        );

    [Fact]
    public void Any_table_of_any_owners_is_read_back_as_it_was()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var table = AnyTable(new Random(seed));
            Assert.True(Read(RoutingFiles.Of(table)) == table, $"seed {seed}");
        }
    }

    [Fact]
    public void Every_name_of_a_row_is_a_name_that_a_file_may_have()
    {
        for (var seed = 0; seed < 200; seed++)
            foreach (var row in RoutingFiles.Of(AnyTable(new Random(seed))).Rows.Values)
                Assert.Matches(@"\A[a-z0-9@-]{1,255}\z", row);
    }

    [Theory]
    [InlineData("dream@7@@ba9876543210")]
    [InlineData("service@99999@@ba9876543210@ba9876543210")]
    [InlineData("more@ba9876543210")]
    public void A_row_of_a_newer_version_is_written_back_as_it_stands(string row)
    {
        var table = Read(Files(row));

        Assert.Equal(new RouteEntry(Theirs, new Route.Verbatim(row)), table.Entries[Rows.Host("zzz.example.org")]);
        Assert.Equal(row, RoutingFiles.Of(table).Rows[Rows.Host("zzz.example.org")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("service@20000@@")]
    [InlineData("service@20000@@somebody")]
    [InlineData("service@99999@@ba9876543210")]
    [InlineData("service@020000@@ba9876543210")]
    [InlineData("service@20000@more@ba9876543210")]
    [InlineData("asleep@more@@ba9876543210")]
    [InlineData("site@00@00@ba9876543210")]
    [InlineData("maintenance@00@@ba9876543210")]
    public void A_row_without_an_owner_or_that_lacks_what_it_refers_to_is_left_out(string row) =>
        Assert.True(Read(Files(row)).Entries.IsEmpty);

    [Fact]
    public void The_page_of_a_branch_in_maintenance_shows_its_message_and_no_mark_up_of_it()
    {
        var page = RoutingFiles.Of(Example).Pages.Values.Single();

        Assert.Contains(
            "<p style='white-space: pre-line'>Back at &lt;five&gt;</p>",
            page.Html,
            StringComparison.Ordinal
        );
        Assert.Equal("Kennel: closed.example.org is under maintenance. Try again later.\nBack at <five>\n", page.Text);
    }

    private static RoutingFiles Files(string row) =>
        new(Map((Rows.Host("zzz.example.org"), row)), Map<string, StorePath>(), Map<string, MaintenancePage>());

    private static RoutingTable Read(RoutingFiles files) =>
        RoutingFiles.Read(files.Rows, files.Sites.Find, key => files.Pages.Find(key).Map(page => page.Message));

    private static RoutingTable AnyTable(Random random) =>
        Enumerable
            .Range(0, random.Next(40))
            .Aggregate(
                RoutingTable.Empty,
                (table, _) =>
                    table.With(
                        new RouteEntry(random.Next(4) == 0 ? Theirs : Ours, AnyRoute(random))
                        {
                            IsHidden = random.Next(2) == 0,
                        },
                        AnyHost(random)
                    )
            );

    private static string AnyHost(Random random) =>
        string.Join('.', Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyLabel(random)));

    private static string AnyLabel(Random random)
    {
        const string ends = "abcxyz019";
        var inner = new string(random.GetItems((ends + "-").AsSpan(), random.Next(0, 62)));
        return $"{ends[random.Next(ends.Length)]}{inner}{ends[random.Next(ends.Length)]}";
    }

    private static Route AnyRoute(Random random) =>
        random.Next(6) switch
        {
            0 => Service(random.Next(1, 65536)),
            1 => Site($"a+b?{random.Next()}"),
            2 => SiteAfter("app", $"app-{random.Next()}", singlePage: random.Next(2) == 0),
            3 => new Route.Asleep(),
            4 => new Route.Maintenance(new string(random.GetItems("{}\\<&\"' aä\n\t\u001b".AsSpan(), random.Next(9)))),
            _ => Site("app", singlePage: true),
        };
}
