using Kennel.Core.Units;

namespace Kennel.Shell.Systemd;

/// <summary>What Kennel asks of systemd. Every method may be called from any thread, many at once.</summary>
public sealed class SystemdUnits(SystemBus bus)
{
    private const string Mode = "fail";
    private const int SignalKill = 9;
    private const string NotFound = "not-found";

    /// <summary>Queues the start of a transient unit; no unit of that name may be loaded. Returns the job's path.</summary>
    public Task<Either<BusFailure, string>> QueueStart(
        string unitName,
        Seq<UnitProperty> properties,
        CancellationToken cancellation
    ) =>
        bus.Call(
            BusMethod.OfSystemd("StartTransientUnit"),
            writer => WriteStart(writer, unitName, properties),
            reader => reader.ObjectPath(),
            cancellation
        );

    /// <summary>Starts a transient unit and waits for its job: a <c>Type=exec</c> service was executed or was not.</summary>
    public Task<Either<BusFailure, JobEnd>> Start(
        string unitName,
        Seq<UnitProperty> properties,
        TimeSpan deadline,
        CancellationToken cancellation
    ) =>
        AwaitJob(
            bus.Call(
                BusMethod.OfSystemd("StartTransientUnit"),
                writer => WriteStart(writer, unitName, properties),
                BeginWait,
                cancellation
            ),
            deadline,
            cancellation
        );

    /// <summary>Queues the stop of a unit and does not wait for it. Returns the job's path.</summary>
    public Task<Either<BusFailure, string>> QueueStop(string unitName, CancellationToken cancellation) =>
        bus.Call(
            BusMethod.OfSystemd("StopUnit"),
            writer => WriteStop(writer, unitName),
            reader => reader.ObjectPath(),
            cancellation
        );

    /// <summary>Stops a unit and waits until it is stopped.</summary>
    public Task<Either<BusFailure, JobEnd>> Stop(string unitName, TimeSpan deadline, CancellationToken cancellation) =>
        AwaitJob(
            bus.Call(BusMethod.OfSystemd("StopUnit"), writer => WriteStop(writer, unitName), BeginWait, cancellation),
            deadline,
            cancellation
        );

    /// <summary>Sends SIGKILL to every process of a unit.</summary>
    public Task<Either<BusFailure, LanguageExt.Unit>> Kill(string unitName, CancellationToken cancellation) =>
        bus.Call(
            BusMethod.OfSystemd("KillUnit"),
            writer =>
            {
                writer.Text(unitName);
                writer.Text("all");
                writer.Signed(SignalKill);
            },
            _ => unit,
            cancellation
        );

    /// <summary>Forgets that a unit failed, which unloads a transient one.</summary>
    public Task<Either<BusFailure, LanguageExt.Unit>> ResetFailed(string unitName, CancellationToken cancellation) =>
        bus.Call(BusMethod.OfSystemd("ResetFailedUnit"), writer => writer.Text(unitName), _ => unit, cancellation);

    /// <summary>The loaded units whose name matches a pattern.</summary>
    /// <param name="states">Load, active or sub states to choose by; none for all.</param>
    /// <param name="patterns">Shell patterns of names; none for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Either<BusFailure, Seq<UnitRow>>> List(
        Seq<string> states,
        Seq<string> patterns,
        CancellationToken cancellation
    ) =>
        bus.Call(
            BusMethod.OfSystemd("ListUnitsByPatterns"),
            writer =>
            {
                writer.Texts(states);
                writer.Texts(patterns);
            },
            UnitRow.ReadAll,
            cancellation
        );

    /// <summary>
    /// All facts about one unit, from one moment; none if no such unit is loaded. systemd takes milliseconds to answer,
    /// most of them for properties that nobody wants: to look at many units, ask for their <see cref="Life(Seq{string},
    /// CancellationToken)"/>.
    /// </summary>
    public async Task<Either<BusFailure, Option<UnitFacts>>> Facts(string unitName, CancellationToken cancellation)
    {
        var reply = await bus.Call(
            BusMethod.OfProperties(UnitPath.Of(unitName), "GetAll"),
            // No interface means all of them: the unit's general one and the service's own.
            writer => writer.Text(""),
            UnitFacts.Read,
            cancellation
        );
        return reply.Map(facts => facts.Life.LoadState == NotFound ? None : Some(facts));
    }

    /// <summary>How each of many units is going; everything is asked before any reply is awaited.</summary>
    public async Task<Seq<(string UnitName, Either<BusFailure, Option<UnitLife>> Life)>> Life(
        Seq<string> unitNames,
        CancellationToken cancellation
    )
    {
        var names = unitNames.ToArray();
        var replies = await Task.WhenAll(names.Select(name => Life(name, cancellation)));
        return Seq(names.Zip(replies)).Strict();
    }

    /// <summary>How one unit is going, all from one moment; none if no such unit is loaded.</summary>
    public async Task<Either<BusFailure, Option<UnitLife>>> Life(string unitName, CancellationToken cancellation)
    {
        var path = UnitPath.Of(unitName);
        var before = Get(path, UnitLife.ChangeStamp, cancellation);
        var parts = UnitLife.Readers.Map(property => Get(path, property, cancellation)).ToArray();
        var after = Get(path, UnitLife.ChangeStamp, cancellation);
        var life = (await Task.WhenAll(parts)).Fold(
            Right<BusFailure, UnitLife>(new UnitLife()),
            (whole, part) => whole.Bind(seen => part.Map(put => put(seen)))
        );
        var isOneMoment = (await before).Map(put => put(None)) == (await after).Map(put => put(None));
        return isOneMoment
            ? life.Map(seen => seen.LoadState == NotFound ? None : Some(seen))
            : (await Facts(unitName, cancellation)).Map(facts => facts.Map(it => it.Life));
    }

    private Task<Either<BusFailure, Func<T, T>>> Get<T>(
        string path,
        PropertyReader<T> property,
        CancellationToken cancellation
    ) => bus.Call(BusMethod.OfProperties(path, "Get"), property.WriteGet, property.ReadVariant, cancellation);

    private JobWait BeginWait(MessageReader reader) => bus.Jobs.Begin(reader.ObjectPath());

    private async Task<Either<BusFailure, JobEnd>> AwaitJob(
        Task<Either<BusFailure, JobWait>> call,
        TimeSpan deadline,
        CancellationToken cancellation
    ) => await (await call).MatchAsync(wait => AwaitEnd(wait, deadline, cancellation), failure => Left(failure));

    private async Task<Either<BusFailure, JobEnd>> AwaitEnd(
        JobWait wait,
        TimeSpan deadline,
        CancellationToken cancellation
    )
    {
        try
        {
            return await wait.End.WaitAsync(deadline, cancellation);
        }
        catch (TimeoutException)
        {
            return Right<JobEnd>(new JobEnd.StillRunning());
        }
        finally
        {
            bus.Jobs.Forget(wait.Job);
        }
    }

    private static void WriteStart(MessageWriter writer, string unitName, Seq<UnitProperty> properties)
    {
        writer.Text(unitName);
        writer.Text(Mode);
        UnitPropertyWriter.Write(writer, properties);
        // Auxiliary units: none. They would not be checked by polkit.
        writer.Open(BusContainer.Array, "(sa(sv))");
        writer.Close();
    }

    private static void WriteStop(MessageWriter writer, string unitName)
    {
        writer.Text(unitName);
        writer.Text("replace");
    }
}
