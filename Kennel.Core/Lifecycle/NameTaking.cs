using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Core.Planning;

namespace Kennel.Core.Lifecycle;

/// <summary>A component with the names that it was given.</summary>
/// <param name="Component">The component.</param>
/// <param name="Stem">Its unit stem.</param>
/// <param name="Hosts">The host names that Kennel gave it, the one to show first.</param>
/// <param name="Domain">The custom domain that it declares.</param>
/// <param name="HoldsDomain">Whether its branch holds that domain.</param>
internal sealed record NamedComponent(
    ComponentName Component,
    UnitStem Stem,
    Seq<HostName> Hosts,
    Option<HostName> Domain,
    bool HoldsDomain
)
{
    /// <summary>The host name that it is told to be reached at.</summary>
    public HostName Address => Domain.Filter(_ => HoldsDomain).IfNone(() => Hosts.Head());
}

/// <summary>Takes the names that a finished build needs: those its owner holds already, else free ones.</summary>
internal sealed class NameTaking(TargetInput input)
{
    private readonly DesiredProjectNames names = new(input.Branch.Project.Name, input.Branch.Branch);
    private readonly bool marked = Naming.MustBeMarked(input.Branch.Branch);
    private readonly Option<ComponentName> primary = Primary.Of(input.Result.Manifest, input.Branch.Project.Name);

    /// <summary>The name that the branch's units run under.</summary>
    public Either<Cause, (RoleName Name, Claims Claims)> Role(Claims claims)
    {
        var name = Naming.Role(input.Settings.Instance, input.Branch.Project.Id, input.Branch.Branch);
        return from taken in Take(claims, ClaimKind.Role, Owner(None), name, name)
            from role in Checked(RoleName.Parse("role", taken.Name))
            select (role, taken.Claims);
    }

    /// <summary>Stem and host names of every component.</summary>
    public Either<Cause, (Seq<NamedComponent> Components, Claims Claims)> Components(Claims claims) =>
        input.Result.Manifest.Components.Fold(
            Right<Cause, (Seq<NamedComponent>, Claims)>((Seq<NamedComponent>(), claims)),
            (soFar, component) =>
                from before in soFar
                from named in Component(before.Item2, component)
                select (before.Item1.Add(named.Component), named.Claims)
        );

    /// <summary>What its services get of the host's data services; a branch without services gets nothing.</summary>
    public Either<Cause, (NamedResources Named, Claims Claims)> Resources(Claims claims, RoleName role)
    {
        var settings = input.Settings.Resources;
        var kinds = input.Result.Manifest.Services.IsEmpty
            ? Set<ResourceKind>()
            : settings.Of(input.Result.Manifest.Resources);
        var cache = kinds.Contains(ResourceKind.Valkey) ? NamedResources.OfCache() : NamedResources.Nothing;
        return from database in OfDatabase(claims, role, kinds)
            from bucket in OfBucket(database.Claims, kinds)
            select (database.Named.And(cache).And(bucket.Named), bucket.Claims);
    }

    private Either<Cause, (NamedResources Named, Claims Claims)> OfDatabase(
        Claims claims,
        RoleName role,
        Set<ResourceKind> kinds
    ) =>
        input
            .Settings.Resources.Postgres.Filter(_ => kinds.Contains(ResourceKind.Postgres))
            .Match(
                postgres =>
                    from extensions in Extensions(postgres)
                    from taken in Database(claims)
                    select (
                        NamedResources.Of(postgres, role, taken.Name) with
                        {
                            Extensions = extensions,
                            DatabaseStart =
                                input.Branch.Environment == DeployEnvironment.Preview
                                    ? input.Result.Manifest.PreviewDatabase
                                    : PreviewDatabase.Default,
                        },
                        taken.Claims
                    ),
                () => Right<Cause, (NamedResources, Claims)>((NamedResources.Nothing, claims))
            );

    private Either<Cause, (NamedResources Named, Claims Claims)> OfBucket(Claims claims, Set<ResourceKind> kinds) =>
        input
            .Settings.Resources.Garage.Filter(_ => kinds.Contains(ResourceKind.Garage))
            .Match(
                garage => Bucket(claims).Map(taken => (NamedResources.Of(garage, taken.Name), taken.Claims)),
                () => Right<Cause, (NamedResources, Claims)>((NamedResources.Nothing, claims))
            );

    private Either<Cause, (BucketName Name, Claims Claims)> Bucket(Claims claims) =>
        from taken in Take(
            claims,
            ClaimKind.Bucket,
            Owner(None),
            Naming.Bucket(input.Branch.Project.Name, input.Branch.Branch, marked),
            Naming.Bucket(input.Branch.Project.Name, input.Branch.Branch, marked: true)
        )
        from bucket in Checked(BucketName.Parse("bucket", taken.Name))
        select (bucket, taken.Claims);

    // What the host does not allow is told all at once.
    private Either<Cause, Set<ExtensionName>> Extensions(PostgresSettings postgres)
    {
        var wanted = input.Result.Manifest.Extensions;
        var refused = wanted.Filter(name => !postgres.Extensions.Contains(name)).ToSeq().Strict();
        return refused.IsEmpty
            ? Right<Cause, Set<ExtensionName>>(wanted)
            : Left<Cause, Set<ExtensionName>>(
                new Cause.ManifestInvalid(
                    refused
                        .Map(name =>
                            Problem.Of($"{ManifestReader.FileName}: postgres.extensions", name.Value, postgres.Allowed)
                        )
                        .Strict()
                )
            );
    }

    private Either<Cause, (DatabaseName Name, Claims Claims)> Database(Claims claims) =>
        from taken in Take(
            claims,
            ClaimKind.Database,
            Owner(None),
            Naming.Database(input.Branch.Project.Name, input.Branch.Branch, marked),
            Naming.Database(input.Branch.Project.Name, input.Branch.Branch, marked: true)
        )
        from database in Checked(DatabaseName.Parse("database", taken.Name))
        select (database, taken.Claims);

    private Either<Cause, (NamedComponent Component, Claims Claims)> Component(
        Claims claims,
        ComponentName component
    ) =>
        from stem in Take(
            claims,
            ClaimKind.Unit,
            Owner(component),
            Naming.Stem(names.Unit(component), marked),
            Naming.Stem(names.Unit(component), marked: true)
        )
        from unit in Checked(UnitStem.Parse("unit", stem.Name))
        from hosts in Hosts(stem.Claims, component)
        select WithDomain(hosts.Claims, new NamedComponent(component, unit, hosts.Hosts, Declared(component), false));

    private Either<Cause, (Seq<HostName> Hosts, Claims Claims)> Hosts(Claims claims, ComponentName component)
    {
        var isPrimary = primary == Some(component);
        return from plain in isPrimary
                ? Label(claims, Owner(None), names.Plain)
                : Right<Cause, (Seq<HostName> Hosts, Claims Claims)>((Seq<HostName>(), claims))
            from own in Label(plain.Claims, Owner(component), names.Own(component))
            select (Joined(plain.Hosts, own.Hosts), own.Claims);
    }

    // What another branch holds stays its own; the release goes on without it, and a note says so.
    private (NamedComponent Component, Claims Claims) WithDomain(Claims claims, NamedComponent component) =>
        component
            .Domain.Bind(domain => claims.TakeDomain(domain, Owner(None)))
            .Match(taken => (component with { HoldsDomain = true }, taken), () => (component, claims));

    private Option<HostName> Declared(ComponentName component) =>
        input.Branch.Environment == DeployEnvironment.Prod ? input.Result.Manifest.CustomDomain(component) : None;

    private Either<Cause, (Seq<HostName> Hosts, Claims Claims)> Label(Claims claims, ClaimOwner owner, string raw) =>
        from taken in Take(
            claims,
            ClaimKind.Host,
            owner,
            $"{Naming.Label(raw, marked)}.{input.Settings.Domain}",
            $"{Naming.Label(raw, marked: true)}.{input.Settings.Domain}"
        )
        from host in Checked(HostName.Parse("host", taken.Name))
        select (Seq1(host), taken.Claims);

    private static Either<Cause, (string Name, Claims Claims)> Take(
        Claims claims,
        ClaimKind kind,
        ClaimOwner owner,
        string plain,
        string marked
    ) =>
        claims
            .Take(kind, owner, plain, marked)
            .ToEither<Cause>(() => new Cause.NameTaken(plain, "another project or branch"));

    private static Either<Cause, T> Checked<T>(Validation<Problem, T> name) =>
        name.ToEither().MapLeft(problems => (Cause)new Cause.ManifestInvalid(problems));

    private ClaimOwner Owner(Option<ComponentName> component) =>
        new(input.Branch.Project.Id, input.Branch.Branch.Reference, component);

    private sealed record DesiredProjectNames(ProjectName Project, Branch Branch)
    {
        public string Plain => Naming.BranchLabel(Project, Branch);

        public string Own(ComponentName component) => Naming.ComponentLabel(Project, component, Branch);

        public string Unit(ComponentName component) => $"{Project}-{Branch.NamePart}-{component}";
    }
}
