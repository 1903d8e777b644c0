using System.Diagnostics;

namespace Kennel.Core.Planning;

/// <summary>What a plan says about data services, for people.</summary>
internal static class ResourcePrinting
{
    /// <summary>An action that concerns a data service.</summary>
    public static ActionText Describe(Action action) =>
        action switch
        {
            Action.RecordResource it => Printing.Adds("record-resource", $"note that it gets {it.Resource}"),
            Action.RecordResourcePresent it => Printing.Alters(
                "record-resource-present",
                $"note that {it.Resource} is complete"
            ),
            Action.RecordResourceWanted it => Printing.Alters(
                "record-resource-wanted",
                $"note that {it.Resource} is to be made anew"
            ),
            Action.ForgetResource it => Printing.Removes(
                "forget-resource",
                $"forget {it.Resource}, of which nothing is left"
            ),
            Action.CreateRole it => Printing.Adds("create-role", $"make the database role {it.Role}"),
            Action.CreateDatabase it => Printing.Adds(
                "create-database",
                $"make the database {it.Database}{it.Template.Match(name => $" as a copy of {name}", () => "")}"
            ),
            Action.AdoptObjects it => Printing.Alters(
                "adopt-objects",
                $"make all that the copy of {it.Template} in {it.Database} has {it.Owner}'s"
            ),
            Action.PrepareDatabase it => Printing.Alters(
                "prepare-database",
                $"open the database {it.Database} to {it.Owner} alone; {it.Limits}"
            ),
            Action.AddExtensions it => Printing.Alters(
                "add-extensions",
                $"add to the database {it.Database} what it lacks of the extensions {string.Join(", ", it.Extensions)}"
            ),
            Action.StartDump it => Printing.Adds("start-dump", $"dump the database {it.Database} to {it.Dump}"),
            Action.RemoveDump it => Printing.Removes("remove-dump", $"remove the dump {it.Dump}"),
            Action.DropDatabase it => Printing.Removes("drop-database", $"drop the database {it.Database}"),
            Action.DropRole it => Printing.Removes("drop-role", $"drop the database role {it.Role}"),
            Action.EmptyCache it => Printing.Removes(
                "empty-cache",
                $"remove all keys from Valkey's database {it.Database}"
            ),
            Action.AdmitCacheUser it => Printing.Adds(
                "admit-cache-user",
                $"open Valkey's database {it.Database} to the user {it.User} alone"
            ),
            Action.DropCacheUser it => Printing.Removes("drop-cache-user", $"remove the user {it.User} of Valkey"),
            Action.CreateBucketKey it => Printing.Adds(
                "create-bucket-key",
                $"make a key for the bucket {it.Mark.Bucket}"
            ),
            Action.CreateBucket it => Printing.Adds("create-bucket", $"make the bucket {it.Mark.Bucket}"),
            Action.OpenBucket it => Printing.Alters(
                "open-bucket",
                $"open the bucket {it.Mark.Bucket} to its key alone"
            ),
            Action.EmptyBucket it => Printing.Removes("empty-bucket", $"remove what is in the bucket {it.Bucket}"),
            Action.DropBucket it => Printing.Removes("drop-bucket", $"drop the bucket {it.Bucket}"),
            Action.DropBucketKey it => Printing.Removes(
                "drop-bucket-key",
                $"drop the key {it.Id} of the bucket {it.Mark.Bucket}"
            ),
            _ => throw new UnreachableException(),
        };
}
