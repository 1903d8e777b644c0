using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>The texts under which failures of the same action add up.</summary>
public static class ActionKeys
{
    /// <summary>The key of an action.</summary>
    public static ActionKey Of(Action action) => new(Text(action));

    /// <summary>The key under which crashes of a unit are counted.</summary>
    public static ActionKey OfCrash(UnitName unit) => new($"crash {unit}");

    /// <summary>The key of a unit's start.</summary>
    public static ActionKey OfStart(UnitName unit) => new($"start-unit {unit}");

    /// <summary>Whether it is done again and again all the time, so that nobody needs to be told that it was.</summary>
    public static bool IsRoutine(Action action) => action is Action.RecordActivity or Action.RecordWatch;

    private static string Text(Action action) =>
        action switch
        {
            Action.LeasePort it => $"lease-port {it.Unit}",
            Action.ReleasePort it => $"release-port {it.Unit}",
            Action.ForgetLease it => $"forget-lease {it.Unit}",
            Action.StartUnit it => $"start-unit {it.Unit}",
            Action.StopUnit it => $"stop-unit {it.Unit}",
            Action.ResetUnit it => $"reset-unit {it.Unit}",
            Action.RecordStepBegun it => $"record-step-begun {it.Release.Value}",
            Action.RecordStepDone it => $"record-step-done {it.Release.Value}",
            Action.RecordReady it => $"record-ready {it.Release.Value}",
            Action.RecordAccepted it => $"record-accepted {it.Release.Value}",
            Action.RecordRejected it => $"record-rejected {it.Release.Value}",
            Action.RecordCrash it => $"record-crash {it.Unit}",
            Action.RecordServing it => $"record-serving {it.Branch.Value}",
            Action.ForgetDeployment it => $"forget-deployment {it.Deployment.Value}",
            Action.WriteRoutes => "write-routes",
            Action.AddRoot it => $"add-root {it.Root}",
            Action.RemoveRoot it => $"remove-root {it.Root}",
            Action.StartFetch it => $"start-fetch {it.Build.Value}",
            Action.StartListing it => $"start-listing {it.Project.Id.Value}",
            Action.RecordDeliveries it =>
                $"record-deliveries {it.Ends.Map(end => end.Delivery.Value).Fold(0L, Math.Max)}",
            Action.RegisterProject it => $"register-project {it.Delivery.Value}",
            Action.CollectGarbage => "collect-garbage",
            Action.RecordBuilding it => $"record-building {it.Build.Value}",
            Action.MakeBuildDirectory it => $"make-build-directory {it.Build.Value}",
            Action.RemoveBuildDirectory it => $"remove-build-directory {it.Build.Value}",
            Action.RecordBuilt it => $"record-built {it.Build.Value}",
            Action.StartReadingSecrets it => $"start-reading-secrets {it.Build.Value}",
            Action.WriteSecrets it => $"write-secrets {it.Unit}",
            Action.RemoveSecrets it => $"remove-secrets {it.Unit}",
            Action.RecordBuildEnd it => $"record-build-end {it.Build.Value}",
            Action.RecordMoved it => $"record-moved {it.Build.Value}",
            Action.RequeueBuild it => $"requeue-build {it.Build.Value}",
            Action.RemoveFile it => $"remove-file {it.File.Title}",
            Action.ForgetGivenUp => "forget-given-up",
            Action.RecordActivity => "record-activity",
            Action.RecordWatch => "record-watch",
            Action.MarkExpiring it => $"mark-expiring {it.Branch.Value}",
            Action.ClearExpiring it => $"clear-expiring {it.Branch.Value}",
            Action.Hibernate it => $"hibernate {it.Branch.Value}",
            Action.ExpireBranch it => $"expire-branch {it.Branch.Value}",
            Action.RecordAwake it => $"record-awake {it.Branch.Value}",
            Action.ForgetBranch it => $"forget-branch {it.Branch.Value}",
            _ => OfResource(action),
        };

    private static string OfResource(Action action) =>
        action switch
        {
            Action.RecordResource it => $"record-resource {it.Branch.Value} {it.Resource.Kind.Word()}",
            Action.RecordResourcePresent it => $"record-resource-present {it.Branch.Value} {it.Resource.Kind.Word()}",
            Action.RecordResourceWanted it => $"record-resource-wanted {it.Branch.Value} {it.Resource.Kind.Word()}",
            Action.ForgetResource it => $"forget-resource {it.Branch.Value} {it.Resource.Kind.Word()}",
            Action.CreateRole it => $"create-role {it.Role}",
            Action.CreateDatabase it => $"create-database {it.Database}",
            Action.AdoptObjects it => $"adopt-objects {it.Database}",
            Action.AddExtensions it => $"add-extensions {it.Database}",
            Action.PrepareDatabase it => $"prepare-database {it.Database}",
            Action.StartDump it => $"start-dump {it.Dump}",
            Action.RemoveDump it => $"remove-dump {it.Dump}",
            Action.DropDatabase it => $"drop-database {it.Database}",
            Action.DropRole it => $"drop-role {it.Role}",
            Action.EmptyCache it => $"empty-cache {it.Database}",
            Action.AdmitCacheUser it => $"admit-cache-user {it.User}",
            Action.DropCacheUser it => $"drop-cache-user {it.User}",
            Action.CreateBucketKey it => $"create-bucket-key {it.Mark.Bucket}",
            Action.CreateBucket it => $"create-bucket {it.Mark.Bucket}",
            Action.OpenBucket it => $"open-bucket {it.Mark.Bucket}",
            Action.EmptyBucket it => $"empty-bucket {it.Bucket}",
            Action.DropBucket it => $"drop-bucket {it.Bucket}",
            Action.DropBucketKey it => $"drop-bucket-key {it.Id}",
            Action.CreateRecord it => $"create-record {it.Name} {it.Content}",
            Action.RemoveRecord it => $"remove-record {it.Record.Name} {it.Record.Id}",
            Action.WriteDomainsFile => "write-domains-file",
            Action.ClaimDomain it => $"claim-domain {it.Domain} for {it.Holder.Project.Value} {it.Holder.Reference}",
            Action.ReleaseDomain it => $"release-domain {it.Domain}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
