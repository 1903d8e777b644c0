using Kennel.Core.Domain;

namespace Kennel.PropertyTests.World;

/// <summary>The steps of caches and buckets.</summary>
public sealed partial class Simulation
{
    private void DoToCaches(Step step)
    {
        switch (step)
        {
            case Step.WriteKeys write:
                Host.Caches.Write(CacheNumber.Parse("scenario", write.Number).Valid(), SimulatedCaches.Somebody);
                safety.Caches.RememberForeign();
                break;
            case Step.AdmitStranger admit:
                Host.Caches.Admit(
                    CacheUser.Parse("scenario", admit.Name).Valid(),
                    CacheNumber.Parse("scenario", admit.Number).Valid()
                );
                safety.Caches.RememberForeign();
                break;
            case Step.MakeBucket make:
                Host.Buckets.Create(BucketName.Parse("scenario", make.Name).Valid(), None);
                safety.Buckets.RememberForeign();
                break;
            case Step.RestartValkey:
                Host.Caches.Restart();
                safety.Caches.RememberForeign();
                break;
            case Step.GiveCaches give:
                store.CacheMode = give.Mode;
                break;
            case Step.CrashCaches:
                foreach (var unit in Host.Units.Values.Where(unit => unit.Name.Cache.IsSome))
                    unit.Crash(Host.Now);
                break;
            case Step.LimitCaches limit:
                Host.Caches.DatabasesMax = limit.DatabasesMax;
                break;
            default:
                DoToDatabases(step);
                break;
        }
    }
}
