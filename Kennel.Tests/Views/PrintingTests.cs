using System.Reflection;
using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Lifecycle;
using Kennel.Core.Manifest;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.Tests.Secrets;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Views;

public sealed class PrintingTests
{
    private static readonly BuildId Build = new(7);
    private static readonly ReleaseId Release = new(21);
    private static readonly UnitName Unit = Scene.ApiUnit;
    private static readonly Cause Cause = new Cause.Crashed("exit-code", 3, 5);
    private static readonly BootId Boot = Scene.Sure(BootId.Parse("", "01234567-89ab-cdef-0123-456789abcdef"));
    private static readonly TemplateName Template = Scene.Sure(TemplateName.Parse("test", "sample"));
    private static readonly PreviewDatabase Clone = Scene.Sure(PreviewDatabase.Parse("test", "clone:dev"));
    private static readonly UnitName StepUnit = UnitName.OfStep(Scene.Instance, new BranchId(1), Release);
    private static readonly Port Port = Scene.Port(18000);
    private static readonly StorePath Path = Scene.Release(Scene.Api, 1, Scene.Untried).StorePath;
    private static readonly RootName Root = RootName.Of(Scene.Instance, Build, Scene.Api);

    private static readonly HostName Domain = Scene.Sure(HostName.Parse("", "shop.example.net"));

    private static readonly RecordContent Content = new(RecordKind.A, "192.0.2.7", IsProxied: false);

    private static readonly BuildResult.Built Result = new(
        "{}",
        new ProjectManifest(
            Map<ComponentName, ServiceManifest>(),
            Map<ComponentName, SiteManifest>(),
            None,
            PreviewDeployments: true
        ),
        Map((Scene.Api, Path), (Scene.Docs, Path)),
        Map<ComponentName, string>()
    );

    private static readonly DatabaseName Database = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_main"));
    private static readonly RoleName Role = Scene.Sure(RoleName.Parse("test", "knl-00000000000000aa"));

    private static readonly CacheUser CacheUser = CacheUser.Of(Scene.Instance, new BranchId(1));
    private static readonly CacheNumber CacheNumber = Scene.Sure(CacheNumber.Parse("test", 3));

    private static readonly BucketKeyMark BucketMark = new(
        Scene.Sure(BucketName.Parse("test", "kennel-hello-main")),
        Scene.Instance
    );

    private static readonly Seq<Action> Actions = Seq<Action>(
        new Action.LeasePort(Port, Unit, new BranchId(1)),
        new Action.ReleasePort(Port, Unit),
        new Action.ForgetLease(Port, Unit),
        new Action.StartUnit(
            Unit,
            Seq1(new UnitProperty("Environment", new UnitValue.Texts(Seq1("TOKEN=must-never-be-shown"))))
        ),
        new Action.StopUnit(Unit),
        new Action.ResetUnit(Unit),
        new Action.RecordStepBegun(Release, Boot, Scene.Now),
        new Action.RecordStepDone(Release, Scene.Now),
        new Action.RecordReady(
            Release,
            new FirstReady(Scene.Sure(InvocationId.Parse("", new string('a', 32))), Scene.Now)
        ),
        new Action.RecordAccepted(Release, Scene.Now),
        new Action.RecordRejected(Release, Unit, Cause, Scene.Now),
        new Action.RecordCrash(new BranchId(1), Unit, 1, Cause, Scene.Now),
        new Action.RecordServing(
            new BranchId(1),
            Seq(new ServingChange(new DeploymentId(1), Release), new ServingChange(new DeploymentId(2), None)),
            Scene.Now
        ),
        new Action.ForgetDeployment(new DeploymentId(1)),
        new Action.WriteRoutes(Scene.Led, "1", Scene.Routing().Table),
        new Action.AddRoot(Root, Path),
        new Action.RemoveRoot(Root),
        new Action.StartFetch(Build, Scene.Project, Scene.Main, None),
        new Action.StartListing(Scene.Project, Set(new DeliveryId(4)), Set(42)),
        new Action.RecordDeliveries(
            Scene.Project.Id,
            Seq(new DeliveryEnd(new DeliveryId(4), "deployed"), new DeliveryEnd(new DeliveryId(5), "removed")),
            Seq<PullRequest>(),
            Seq<BranchIntent>(
                new BranchIntent.Deploy(Scene.Main, Scene.Commit(1)),
                new BranchIntent.Remove(new Branch.PullRequest(42), "closed")
            ),
            Map((Scene.Main, Scene.Commit(1))),
            Scene.Now
        ),
        new Action.RegisterProject(
            new DeliveryId(4),
            Scene.Hello,
            new ForgeRepository(7, "club", "hello", "https://git.example.org/club/hello.git", None),
            Scene.Now
        ),
        new Action.CollectGarbage(),
        new Action.RecordBuilding(Build, Scene.Commit(1), Scene.Now),
        new Action.MakeBuildDirectory(Build),
        new Action.RemoveBuildDirectory(Build),
        new Action.RecordBuilt(Build, Scene.Commit(1), Result, Scene.Now),
        new Action.StartReadingSecrets(Build, SecretScene.Plan),
        new Action.WriteSecrets(Unit, SecretScene.Given),
        new Action.RemoveSecrets(Unit),
        new Action.RecordBuildEnd(Build, BuildState.Failed, Cause, Scene.Now),
        new Action.RecordMoved(Build, Scene.Commit(1)),
        new Action.RequeueBuild(Build),
        new Action.RemoveFile(new KeptFile.Mirror(new ProjectId(3)) { WrittenAt = Scene.Now }),
        new Action.ForgetGivenUp(Seq("unit kennel-old-main-api-0123456789.service", "route old.example.org")),
        new Action.RecordActivity(Map((new BranchId(1), Scene.Now)), Scene.Now),
        new Action.RecordWatch(new ActivityWatch(Scene.Now.AddDays(-7), Scene.Now)),
        new Action.MarkExpiring(new BranchId(1), ExpiryKind.Hibernate, Scene.Now),
        new Action.ClearExpiring(new BranchId(1)),
        new Action.Hibernate(new BranchId(1), Scene.Now, Scene.Now),
        new Action.ExpireBranch(new BranchId(1), Scene.Now, "expired: no activity for 30 days", Scene.Now),
        new Action.RecordAwake(new BranchId(1), Scene.Now),
        new Action.RecordResource(new BranchId(1), new Resource.Postgres(Database), Scene.Now),
        new Action.RecordResourcePresent(new BranchId(1), new Resource.Postgres(Database)),
        new Action.RecordResourceWanted(new BranchId(1), new Resource.Postgres(Database)),
        new Action.ForgetResource(new BranchId(1), new Resource.Postgres(Database)),
        new Action.CreateRole(Role, Scene.Instance, "hello/main"),
        new Action.CreateDatabase(Database, Role) { Template = Template },
        new Action.AdoptObjects(Database, Role, Template),
        new Action.PrepareDatabase(Database, Role, Scene.Instance, "hello/main", new DatabaseLimits(20, 60)),
        new Action.AddExtensions(
            Database,
            Role,
            Scene.Instance,
            "hello/main",
            Set(Scene.Sure(ExtensionName.Parse("test", "pg_trgm")))
        ),
        new Action.StartDump(Database, DumpName.BeforeBuild(Database, Build, Scene.Commit(1))),
        new Action.RemoveDump(DumpName.BeforeRemoval(Database, new BranchId(3), Scene.Now)),
        new Action.DropDatabase(Database, Role.Value, 16385),
        new Action.DropRole(Role, Scene.Instance),
        new Action.EmptyCache(CacheUser, CacheNumber),
        new Action.AdmitCacheUser(CacheUser, CacheNumber),
        new Action.DropCacheUser(CacheUser),
        new Action.CreateBucketKey(BucketMark),
        new Action.CreateBucket(BucketMark),
        new Action.OpenBucket(BucketMark),
        new Action.EmptyBucket(BucketMark.Bucket, "70dc3bed", Scene.Instance),
        new Action.DropBucket(BucketMark.Bucket, "70dc3bed", Scene.Instance),
        new Action.DropBucketKey(BucketMark, "GK31c2f218a2e44f485b94239e"),
        new Action.CreateRecord(Domain, Domain, Content, Scene.Instance),
        new Action.RemoveRecord(new DnsRecord("1", Domain, Domain, Content, Scene.Instance)),
        new Action.WriteDomainsFile("/run/kennel/custom-domains", Seq1(Domain)),
        new Action.ClaimDomain(Domain, new DomainHolder(Scene.Project.Id, Scene.Main.Reference)),
        new Action.ReleaseDomain(Domain, new DomainHolder(Scene.Project.Id, Scene.Main.Reference)),
        new Action.ForgetBranch(new BranchId(1))
    );

    private static readonly Seq<WaitingOn> Waits = Seq<WaitingOn>(
        new WaitingOn.Sight("Caddy", "connection refused"),
        new WaitingOn.Ready(Unit, "HTTP status 503", Scene.Now.AddSeconds(60)),
        new WaitingOn.StayingUp(Unit, Scene.Now.AddSeconds(5)),
        new WaitingOn.Step(Scene.Api, StepUnit, Scene.Now, Scene.Now.AddSeconds(600)),
        new WaitingOn.EarlierStep(StepUnit),
        new WaitingOn.Predecessor(Unit),
        new WaitingOn.Drain(Unit, Scene.Now.AddSeconds(30)),
        new WaitingOn.UnitChange(Unit, UnitState.Stopping),
        new WaitingOn.Retry("start-unit", "systemd refused", Scene.Now.AddSeconds(8)),
        new WaitingOn.Fetch(),
        new WaitingOn.Build(Build),
        new WaitingOn.Turn(2),
        new WaitingOn.OlderBuild(new BuildId(6)),
        new WaitingOn.SameCommit(new BuildId(6)),
        new WaitingOn.Room(new FreeSpace("/nix/store", 1L << 30, 100L << 30), 5L << 30, "no daemon"),
        new WaitingOn.Secrets("secretspec/hello/prod"),
        new WaitingOn.Listing(Scene.Hello),
        new WaitingOn.RouteChange(),
        new WaitingOn.SecondLook(ExpiryKind.Remove, Scene.Now.AddSeconds(60)),
        new WaitingOn.ExpiryTurn(),
        new WaitingOn.Waking(Unit, "connection refused"),
        new WaitingOn.EarlierRemoval("hello/main"),
        new WaitingOn.Dump(Database),
        new WaitingOn.DumpEnd(DumpName.ForCopy(Database, new BranchId(3))),
        new WaitingOn.Copy(Clone, UnitName.OfCopy(Scene.Instance, new BranchId(1), Release)),
        new WaitingOn.Pin(new BuildId(4), "hello/main"),
        new WaitingOn.Lock(Scene.Hello, "The exam runs.")
    );

    private static readonly Seq<BlockedBy> Blocks = Seq<BlockedBy>(
        new BlockedBy.Rejection(Scene.Api, Scene.Crash),
        new BlockedBy.NotReadyAgain(Scene.Api, new BuildId(4), "HTTP status 503"),
        new BlockedBy.ForeignUnit(Unit),
        new BlockedBy.ForeignResource("the database kennel_hello_main", "Kennel did not make it"),
        new BlockedBy.ResourceLost("the database kennel_hello_main", "hello/main"),
        new BlockedBy.NoCache(16),
        new BlockedBy.NoCopy(new Cause.CopyRefused(Clone, "hello has no branch dev here").Describe()),
        new BlockedBy.NoPort(Port, Scene.Port(18001)),
        new BlockedBy.NoServer(Scene.Port(443), ":80"),
        new BlockedBy.RoutesRefused("unknown field"),
        new BlockedBy.BranchMissing("hello/topic"),
        new BlockedBy.DomainTaken(Domain, "other/main"),
        new BlockedBy.ForeignRecord(Domain, Content),
        new BlockedBy.BadPlan("two units share port 18000")
    );

    private static readonly Subject About = new Subject.OfBranch(new BranchId(1), "hello/main");

    private static readonly Seq<Note> Notes = Joined(
        Waits.Map(it => (Note)new Note.Waiting(About, it)),
        Blocks.Map(it => (Note)new Note.Blocked(About, it)),
        Seq1((Note)new Note.Orphan(new Subject.Host(), "unit kennel-old-main-api-0123456789.service"))
    );

    [Fact]
    public void Every_action_is_printed() =>
        Assert.Equal(CasesOf<Action>(), Actions.Map(it => it.GetType().Name).Order());

    [Fact]
    public void Every_note_is_printed()
    {
        Assert.Equal(CasesOf<WaitingOn>(), Waits.Map(it => it.GetType().Name).Order());
        Assert.Equal(CasesOf<BlockedBy>(), Blocks.Map(it => it.GetType().Name).Order());
        Assert.Equal(CasesOf<Note>(), Notes.Map(it => it.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void No_two_kinds_share_a_code()
    {
        Assert.Equal(Actions.Count, Actions.Map(it => it.Describe().Code).Distinct().Count());
        Assert.Equal(Notes.Count, Notes.Map(it => it.Describe().Code).Distinct().Count());
    }

    [Fact]
    public void What_is_printed_is_what_people_expect() =>
        Golden.Holds(
            "Kennel.Tests/Views/printing.golden.txt",
            string.Join("\n", Actions.Map(Printed)) + "\n\n" + string.Join("\n", Notes.Map(Printed))
        );

    [Fact]
    public void No_environment_is_printed() =>
        Assert.DoesNotContain("must-never-be-shown", string.Concat(Actions.Map(Printed)));

    private static string Printed(Action action)
    {
        var text = action.Describe();
        return $"{text.Change.Sign()} [{text.Code}] {text.What}";
    }

    private static string Printed(Note note)
    {
        var text = note.Describe();
        var until = text.Until.Match(at => $" until {at:HH:mm:ss}", () => "");
        return $"{text.Kind} [{text.Code}] {text.What}{until}{text.Remedy.Match(it => $"\n    {it}", () => "")}";
    }

    private static IEnumerable<string> CasesOf<T>() =>
        typeof(T)
            .GetNestedTypes(BindingFlags.Public)
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(T)))
            .Select(type => type.Name)
            .Order();
}
