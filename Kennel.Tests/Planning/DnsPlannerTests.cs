using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class DnsPlannerTests
{
    private static readonly HostName Zone = Name("example.net");
    private static readonly HostName Domain = Name("shop.example.net");
    private static readonly DomainHolder Own = new(Scene.Project.Id, Scene.Main.Reference);
    private static readonly RecordContent Here = new(RecordKind.A, "192.0.2.7", IsProxied: false);
    private static readonly RecordContent Elsewhere = new(RecordKind.A, "198.51.100.9", IsProxied: false);

    [Fact]
    public void A_domain_that_serves_gets_the_record_that_it_lacks() =>
        Assert.Equal([new Action.CreateRecord(Zone, Domain, Here, Scene.Instance)], Steps());

    [Fact]
    public void One_that_it_has_is_left_as_it_is()
    {
        Assert.Empty(Steps(Record(Here, Scene.Instance)));
        Assert.Empty(Steps(Record(Here, None)));
    }

    [Fact]
    public void One_of_ours_that_leads_elsewhere_is_replaced()
    {
        var wrong = Record(Elsewhere, Scene.Instance);

        Assert.Equal(
            [new Action.RemoveRecord(wrong), new Action.CreateRecord(Zone, Domain, Here, Scene.Instance)],
            Steps(wrong)
        );
    }

    [Fact]
    public void One_of_ours_that_is_there_twice_goes_once()
    {
        var (one, other) = (Record(Here, Scene.Instance), Record(Here, Scene.Instance) with { Id = "2" });
        Assert.Equal([new Action.RemoveRecord(other)], Steps(one, other));
    }

    [Fact]
    public void One_that_Kennel_did_not_make_is_in_the_way_and_stays()
    {
        foreach (var mark in new[] { Option<InstanceId>.None, Some(Scene.Other) })
        {
            var parts = DnsPlanner.Plan(Sight(Live(), Record(Elsewhere, mark)));

            Assert.Empty(parts.Bind(part => part.Steps));
            Assert.Contains(
                parts.Bind(part => part.Notes),
                note => note is Note.Blocked { By: BlockedBy.ForeignRecord by } && by.Content == Elsewhere
            );
        }
    }

    [Fact]
    public void What_cannot_be_seen_is_neither_made_nor_given_up()
    {
        var unseen = new Sight(Desired(Live()), Scene.Observed());
        var gone = new Sight(Desired(Scene.Live()), Scene.Observed());

        Assert.Empty(DnsPlanner.Plan(unseen).Bind(part => part.Steps));
        Assert.Empty(DomainPlanner.Plan(gone).Bind(part => part.Steps));
        Assert.Contains(
            DomainPlanner.Plan(gone).Bind(part => part.Notes),
            note => note is Note.Waiting { On: WaitingOn.Sight { System: "Cloudflare" } }
        );
    }

    [Fact]
    public void A_domain_is_given_up_only_when_its_record_is_gone()
    {
        var record = Record(Here, Scene.Instance);

        Assert.Equal([new Action.RemoveRecord(record)], Leaving(record));
        Assert.Equal([new Action.ReleaseDomain(Domain, Own)], Leaving());
        Assert.Equal([new Action.ReleaseDomain(Domain, Own)], Leaving(Record(Here, None)));
    }

    [Fact]
    public void A_name_outside_every_zone_is_left_to_people()
    {
        var desired = Desired(Live());
        var other = desired with
        {
            Settings = desired.Settings with { Dns = new DnsSettings(Set(Name("example.com")), Seq1(Here)) },
        };

        Assert.Empty(DnsPlanner.Plan(new Sight(other, Seen())));
    }

    [Fact]
    public void The_longest_zone_counts()
    {
        var settings = new DnsSettings(Set(Name("net"), Zone, Name("shop.example.net")), Seq1(Here));

        Assert.Equal(Some(Name("shop.example.net")), settings.ZoneOf(Domain));
        Assert.Equal(Some(Zone), settings.ZoneOf(Name("myshop.example.net")));
        Assert.Equal(None, settings.ZoneOf(Name("example.org")));
    }

    [Fact]
    public void Records_of_ours_that_nothing_accounts_for_are_orphans_and_stay()
    {
        var lost = Record(Here, Scene.Instance) with { Name = Name("lost.example.net") };
        var theirs = Record(Here, Scene.Other) with { Name = Name("theirs.example.net") };
        var peoples = Record(Here, None) with { Name = Name("people.example.net") };

        Assert.Equal(
            [lost, theirs],
            DnsPlanner.Orphans(Sight(Live(), Record(Here, Scene.Instance), lost, theirs, peoples)).ToArray()
        );
    }

    [Fact]
    public void A_plan_that_would_touch_what_is_not_ours_breaks_a_rule()
    {
        var plan = Scene.NoPlan with
        {
            Strands = Seq1(
                new Strand(
                    new Subject.Host(),
                    Seq(
                        new PlannedAction(new Subject.Host(), new Action.RemoveRecord(Record(Here, Scene.Other)), ""),
                        new PlannedAction(
                            new Subject.Host(),
                            new Action.CreateRecord(Zone, Name("free.example.net"), Here, Scene.Instance),
                            ""
                        )
                    )
                )
            ),
        };

        Assert.Equal(2, Lint.Check(plan, Desired(Live())).Count);
    }

    [Theory]
    [InlineData("Kennel 0123456789ab: made and removed by Kennel", true)]
    [InlineData("Kennel 0123456789ab", false)]
    [InlineData("Kennel 0123456789AB: made and removed by Kennel", false)]
    [InlineData("kennel - managed by Kennel", false)]
    [InlineData("", false)]
    public void Only_the_whole_mark_counts(string comment, bool isOurs) =>
        Assert.Equal(isOurs, RecordMark.Read(comment).IsSome);

    [Fact]
    public void The_file_of_domains_is_written_when_it_says_something_else()
    {
        Assert.Equal([new Action.WriteDomainsFile("/run/x", Seq1(Domain))], File(None));
        Assert.Equal([new Action.WriteDomainsFile("/run/x", Seq1(Domain))], File("old.example.net\n"));
        Assert.Empty(File("shop.example.net\n"));
    }

    private static HostName Name(string text) => Scene.Sure(HostName.Parse("test", text));

    private static DnsRecord Record(RecordContent content, Option<InstanceId> mark) =>
        new("1", Zone, Domain, content, mark);

    private static DesiredBranch Live() =>
        HeldDomains.Show(
            Scene.Branch(
                Scene.Deployment(Scene.Api, 1, Scene.Release(Scene.Api, 1, Scene.Accepted) with { Domain = Domain })
            ),
            Map((Domain, Own))
        );

    private static Desired Desired(DesiredBranch branch) =>
        Scene.Desired(branch) with
        {
            Settings = Scene.Settings with { Dns = new DnsSettings(Set(Zone), Seq1(Here)), DomainsFile = "/run/x" },
            Domains = Map((Domain, Own)),
        };

    private static Observed Seen(params DnsRecord[] records) =>
        Scene.Observed() with
        {
            Records = Observation.Known(records.ToSeq()),
        };

    private static Sight Sight(DesiredBranch branch, params DnsRecord[] records) => new(Desired(branch), Seen(records));

    private static Action[] Steps(params DnsRecord[] records) =>
        DnsPlanner.Plan(Sight(Live(), records)).Bind(part => part.Steps).Map(step => step.Action).ToArray();

    private static Action[] Leaving(params DnsRecord[] records) =>
        DomainPlanner.Plan(Sight(Scene.Live(), records)).Bind(part => part.Steps).Map(step => step.Action).ToArray();

    private static Action[] File(Option<string> found) =>
        DomainsFilePlanner
            .Plan(new Sight(Desired(Live()), Seen() with { DomainsFile = Observation.Known(found) }))
            .Steps.Map(step => step.Action)
            .ToArray();
}
