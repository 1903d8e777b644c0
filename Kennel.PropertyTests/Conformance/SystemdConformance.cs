using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Units;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.Conformance;

/// <summary>
/// What the plan relies on in a service manager. The same checks run against the simulated one and, on a test host,
/// against systemd, so that the simulation cannot drift from the real thing.
/// </summary>
/// <param name="systemd">The port.</param>
/// <param name="living">Properties of a unit that lives on.</param>
/// <param name="failing">Properties of a unit that fails soon and for good.</param>
/// <param name="wait">Lets a moment pass.</param>
public sealed class SystemdConformance(
    ISystemd systemd,
    Seq<UnitProperty> living,
    Seq<UnitProperty> failing,
    Func<Task> wait
)
{
    private const int LooksMax = 100;

    private static readonly UnitName Unit = UnitName
        .Parse("conformance", "kennel-conformance-main-api-0123456789.service")
        .IfFail(problems => throw new InvalidOperationException(problems.ToString()));

    /// <summary>All that is relied on, in one story.</summary>
    public async Task Holds()
    {
        await An_unknown_unit_counts_as_stopped_and_as_reset();
        await A_started_unit_is_listed_with_its_mark_and_cannot_be_started_again();
        await A_stopped_unit_is_gone_and_its_name_is_free_again();
        await A_failed_unit_stays_until_it_is_reset();
    }

    private async Task An_unknown_unit_counts_as_stopped_and_as_reset()
    {
        Assert.IsType<Effect.Done>(await Stop());
        Assert.IsType<Effect.Done>(await Reset());
        Assert.True((await systemd.Details(Seq1(Unit), CancellationToken.None)).IsEmpty);
    }

    private async Task A_started_unit_is_listed_with_its_mark_and_cannot_be_started_again()
    {
        Assert.IsType<Effect.Done>(await Start(living));
        var unit = await Until(UnitState.Running);
        Assert.True(unit.Mark.IsSome);
        Assert.IsType<Effect.Failed>(await Start(living));
        Assert.IsType<Effect.Done>(await Reset());
        Assert.Equal(UnitState.Running, (await Until(UnitState.Running)).State);
        var detail = (await systemd.Details(Seq1(Unit), CancellationToken.None))[Unit];
        Assert.True(detail.Invocation.IsSome && detail.ActiveSince.IsSome);
        Assert.Equal(0u, detail.Restarts);
    }

    private async Task A_stopped_unit_is_gone_and_its_name_is_free_again()
    {
        var before = (await systemd.Details(Seq1(Unit), CancellationToken.None))[Unit].Invocation;
        Assert.IsType<Effect.Done>(await Stop());
        await UntilGone();
        Assert.IsType<Effect.Done>(await Start(living));
        await Until(UnitState.Running);
        Assert.NotEqual(before, (await systemd.Details(Seq1(Unit), CancellationToken.None))[Unit].Invocation);
        await Stop();
        await UntilGone();
    }

    private async Task A_failed_unit_stays_until_it_is_reset()
    {
        Assert.IsType<Effect.Done>(await Start(failing));
        await Until(UnitState.Failed);
        var detail = (await systemd.Details(Seq1(Unit), CancellationToken.None))[Unit];
        Assert.Equal(("exit-code", 1), (detail.Result, detail.ExitStatus));
        Assert.IsType<Effect.Failed>(await Start(living));
        Assert.IsType<Effect.Done>(await Stop());
        await Until(UnitState.Failed);
        Assert.IsType<Effect.Done>(await Reset());
        await UntilGone();
    }

    private Task<Effect> Start(Seq<UnitProperty> properties) =>
        systemd.Start(new Action.StartUnit(Unit, properties), CancellationToken.None);

    private Task<Effect> Stop() => systemd.Stop(new Action.StopUnit(Unit), CancellationToken.None);

    private Task<Effect> Reset() => systemd.Reset(new Action.ResetUnit(Unit), CancellationToken.None);

    private async Task<ObservedUnit> Until(UnitState state)
    {
        for (var look = 0; look < LooksMax; look++)
        {
            if ((await Look()).Filter(unit => unit.State == state) is { IsSome: true } found)
                return found.IfNone(() => throw new InvalidOperationException());
            await wait();
        }
        throw new InvalidOperationException($"{Unit} never was {state}: {await Look()}");
    }

    private async Task UntilGone()
    {
        for (var look = 0; look < LooksMax && (await Look()).IsSome; look++)
            await wait();
        Assert.True((await Look()).IsNone);
    }

    private async Task<Option<ObservedUnit>> Look() =>
        (await systemd.ListUnits(CancellationToken.None)).Match(
            units => units.Find(Unit),
            reason => throw new InvalidOperationException(reason)
        );
}
