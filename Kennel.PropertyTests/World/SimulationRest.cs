using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>The steps of sleep, of expiry and of time.</summary>
public sealed partial class Simulation
{
    private void AddRecord(Step.AddRecord step)
    {
        var record = new DnsRecord(
            $"people-{Host.Records.Count}",
            HostName.Parse("scenario", "example.net").Valid(),
            HostName.Parse("scenario", step.Name).Valid(),
            new RecordContent(RecordKind.A, step.Target, IsProxied: false),
            step.IsOfAnotherKennel ? Some(InstanceId.Parse("scenario", "ffffffffffff").Valid()) : None
        );
        Host.Records = Host.Records.Add(record);
        Host.MadeByPeople = Host.MadeByPeople.Add(record);
    }

    private void DoAtRest(Step step)
    {
        switch (step)
        {
            case Step.Use use:
                if (visitors.Use(Branch(use.Branch)))
                    Truth.Use(Branch(use.Branch));
                break;
            case Step.Crawl:
                // The access log tells crawlers apart, and the door wakes nothing for them.
                break;
            case Step.Hibernate hibernate:
                store.Hibernate(Project, Branch(hibernate.Branch));
                break;
            case Step.Wake wake:
                if (store.IsAsleep(Branch(wake.Branch)))
                    Truth.Use(Branch(wake.Branch));
                store.Wake(Project, Branch(wake.Branch));
                break;
            case Step.Expire expire:
                Truth.Periods = new ExpiryPeriods(expire.HibernateAfter, expire.RemoveAfter);
                safety.MayVanish |= expire.RemoveAfter > TimeSpan.Zero;
                store.SetPeriods(Project, Truth.Periods);
                break;
            case Step.Idle idle:
                Idle(idle.Time);
                break;
            case Step.ClockJump jump:
                Host.ClockError += jump.By;
                break;
            case Step.PutSecret put:
                Host.Vault.Put(put.Value);
                break;
            case Step.LookAtSecrets:
                store.SecretWatch.Look(CancellationToken.None).GetAwaiter().GetResult();
                break;
            case Step.AddRecord record:
                AddRecord(record);
                break;
            case Step.RemoveRecords records:
                Host.Records = Host
                    .Records.Filter(one => one.Name.Value != records.Name || one.Mark == Some(SimulatedStore.Instance))
                    .Strict();
                Host.MadeByPeople = Host.MadeByPeople.Filter(one => one.Name.Value != records.Name).Strict();
                break;
            case Step.Keep keep:
                store.Keep(Branch(keep.Branch));
                break;
            default:
                DoToCaches(step);
                break;
        }
    }

    // Nothing is looked at between the looks that a plan asks for, so that days are cheap.
    private void Idle(TimeSpan time)
    {
        var until = Host.Now + time;
        while (Host.Now < until)
        {
            var result = OnePass();
            var soon = Host.Now.AddMilliseconds(10);
            var next = result.Match(
                done =>
                    done.ChangedSomething ? soon
                    // What failed is tried again with the timer at the latest.
                    : !done.Look.Plan.IsEmpty ? Host.Now + TimerInterval
                    : Part.Earlier(done.Look.Plan.NextLookAt.Map(Host.OnClock), Host.NextEvent()).IfNone(until),
                () => soon
            );
            Host.AdvanceTo(Min(next > soon ? next : soon, until));
        }
    }
}
