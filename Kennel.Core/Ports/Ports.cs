using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Routing;

namespace Kennel.Core.Ports;

/// <summary>The service manager.</summary>
public interface ISystemd
{
    /// <summary>Every loaded <c>kennel-*.service</c>, without details.</summary>
    Task<Observation<Map<UnitName, ObservedUnit>>> ListUnits(CancellationToken cancellation);

    /// <summary>Details of these units; a unit that is gone or cannot be read is left out.</summary>
    Task<Map<UnitName, UnitDetail>> Details(Seq<UnitName> units, CancellationToken cancellation);

    /// <summary>The last lines that a unit logged, oldest first.</summary>
    Task<Seq<string>> LastLines(UnitName unit, int linesMax, CancellationToken cancellation);

    /// <summary>Starts a transient unit; fails where one of that name is loaded.</summary>
    Task<Effect> Start(Planning.Action.StartUnit action, CancellationToken cancellation);

    /// <summary>Begins to stop a unit; one that is not loaded counts as stopped.</summary>
    Task<Effect> Stop(Planning.Action.StopUnit action, CancellationToken cancellation);

    /// <summary>Forgets a failed unit.</summary>
    Task<Effect> Reset(Planning.Action.ResetUnit action, CancellationToken cancellation);
}

/// <summary>The web server.</summary>
public interface ICaddy
{
    /// <summary>What it serves of Kennel's.</summary>
    Task<Observation<ObservedRouting>> Routing(CancellationToken cancellation);

    /// <summary>Requests in flight by port of the upstream on this machine.</summary>
    Task<Observation<Map<Port, int>>> Connections(CancellationToken cancellation);

    /// <summary>Switches to another table, and leads the web server to it where it is not led there yet.</summary>
    Task<Effect> Write(Planning.Action.WriteRoutes action, CancellationToken cancellation);
}

/// <summary>The machine's own TCP.</summary>
public interface INetwork
{
    /// <summary>Every port that something listens on, with the listener's user id.</summary>
    Task<Observation<Map<Port, uint>>> Listeners(CancellationToken cancellation);

    /// <summary>Asks generations on trial whether they are ready, all at once, each with a short time limit.</summary>
    Task<Map<UnitName, ProbeAnswer>> Probe(Seq<ProbeQuestion> questions, CancellationToken cancellation);
}

/// <summary>One generation to ask.</summary>
public sealed record ProbeQuestion(UnitName Unit, Port Port, Readiness Readiness);

/// <summary>The Nix store's protection from garbage collection.</summary>
public interface INix
{
    /// <summary>Kennel's roots.</summary>
    Task<Observation<Map<RootName, StorePath>>> Roots(CancellationToken cancellation);

    /// <summary>Protects a path; fails where the path does not exist.</summary>
    Task<Effect> AddRoot(Planning.Action.AddRoot action, CancellationToken cancellation);

    /// <summary>How far garbage collection is.</summary>
    CollectionState Collection { get; }

    /// <summary>Begins to collect garbage in the background; a signal follows when it ends.</summary>
    Task<Effect> CollectGarbage(Planning.Action.CollectGarbage action, CancellationToken cancellation);

    /// <summary>Gives a path up.</summary>
    Task<Effect> RemoveRoot(Planning.Action.RemoveRoot action, CancellationToken cancellation);
}

/// <summary>The repositories.</summary>
public interface IGit
{
    /// <summary>The fetches for these builds; those that have ended for other builds are forgotten.</summary>
    Map<BuildId, FetchState> Fetches(Set<BuildId> builds);

    /// <summary>What the repositories of these projects say; answers for other projects are forgotten.</summary>
    Map<ProjectId, ListingState> Listings(Set<ProjectId> projects);

    /// <summary>Begins to ask a repository in the background; a signal follows when it ends.</summary>
    Task<Effect> StartListing(Planning.Action.StartListing action, CancellationToken cancellation);

    /// <summary>Begins a fetch in the background; a signal follows when it ends.</summary>
    Task<Effect> StartFetch(Planning.Action.StartFetch action, CancellationToken cancellation);
}

/// <summary>Who uses what, learnt from the web server's access log.</summary>
public interface IActivity
{
    /// <summary>
    /// When people last used each host name of a preview, since Kennel started: known bots and health checkers are no
    /// people. Unknown while requests cannot be observed.
    /// </summary>
    Observation<Map<HostName, DateTimeOffset>> Requests { get; }
}

/// <summary>Kennel's own directories, and what the machine tells in files.</summary>
public interface IFiles
{
    /// <summary>This start of the machine.</summary>
    Task<Observation<BootId>> Boot(CancellationToken cancellation);

    /// <summary>The names below <c>/var/lib/knl</c>.</summary>
    Task<Observation<Set<string>>> StateDirectories(CancellationToken cancellation);

    /// <summary>The directories of builds, with the result where one was written.</summary>
    Task<Observation<Map<BuildId, Option<BuildResult>>>> BuildDirectories(CancellationToken cancellation);

    /// <summary>What is kept for a while: mirrors, logs and copies of the database. Looked at now and then only.</summary>
    /// <param name="now">The time of the look.</param>
    /// <param name="cancellation">Ends the look.</param>
    Task<Observation<Seq<KeptFile>>> KeptFiles(DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Removes a thing that is kept; one that is gone counts as removed.</summary>
    Task<Effect> RemoveFile(Planning.Action.RemoveFile action, CancellationToken cancellation);

    /// <summary>What the file of custom domains holds; none where there is no file.</summary>
    Task<Observation<Option<string>>> DomainsFile(string path, CancellationToken cancellation);

    /// <summary>Writes that file whole: who reads it meanwhile sees the old one or the new one.</summary>
    Task<Effect> WriteDomainsFile(Planning.Action.WriteDomainsFile action, CancellationToken cancellation);

    /// <summary>The room on the disks that builds fill.</summary>
    Task<Observation<Seq<FreeSpace>>> FreeSpace(CancellationToken cancellation);

    /// <summary>Makes a build's directory and its log.</summary>
    Task<Effect> MakeBuildDirectory(Planning.Action.MakeBuildDirectory action, CancellationToken cancellation);

    /// <summary>Removes a build's directory; the log stays.</summary>
    Task<Effect> RemoveBuildDirectory(Planning.Action.RemoveBuildDirectory action, CancellationToken cancellation);
}

/// <summary>The state database.</summary>
public interface IStore
{
    /// <summary>All intent and facts, from one read transaction.</summary>
    Task<Desired> Read(CancellationToken cancellation);

    /// <summary>Records the fact that an action of the store's carries, in one transaction.</summary>
    /// <param name="action">The action.</param>
    /// <param name="evidence">Log lines to keep with it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<Effect> Record(Planning.Action.StoreChange action, Seq<string> evidence, CancellationToken cancellation);

    /// <summary>Notes how executed actions ended: the answer to <c>why</c>. One transaction for all.</summary>
    Task Note(Seq<ActionReport> reports, DateTimeOffset now, CancellationToken cancellation);
}

/// <summary>How one action ended.</summary>
public sealed record ActionReport(PlannedAction Planned, Effect Effect);
