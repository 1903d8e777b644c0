using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Npgsql;

namespace Kennel.Shell.Postgres;

/// <summary>One connection for each question or change, and what it means when it fails.</summary>
internal sealed class PostgresSession : IAsyncDisposable
{
    private readonly PostgresOptions options;
    private readonly TimeProvider clock;
    private readonly NpgsqlDataSource source;
    private readonly ReturnWatch watch;
    private DateTimeOffset silentUntil;

    /// <summary>Nothing is connected to yet.</summary>
    /// <param name="options">Where the server is, and how long it may take.</param>
    /// <param name="clock">Tells how long a silent server is left alone.</param>
    /// <param name="wake">Called when a server that could not be looked at answers again.</param>
    internal PostgresSession(PostgresOptions options, TimeProvider clock, System.Action wake)
    {
        this.options = options;
        this.clock = clock;
        source = options.Open();
        watch = new ReturnWatch(
            Answers,
            () =>
            {
                silentUntil = default;
                wake();
            }
        );
    }

    /// <summary>A look; a server that does not answer is not asked again for a while, for all else waits for it.</summary>
    internal async Task<Observation<T>> Look<T>(
        Func<NpgsqlConnection, Task<Observation<T>>> look,
        CancellationToken cancellation
    )
    {
        if (clock.GetUtcNow() < silentUntil)
            return Observation.Unknown<T>("it did not answer a moment ago");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.LookLimit);
        try
        {
            return await Twice(look, limit.Token);
        }
        catch (Exception error) when (IsFailure(error) && !cancellation.IsCancellationRequested)
        {
            source.Clear();
            if (limit.IsCancellationRequested || IsTimeout(error))
                silentUntil = clock.GetUtcNow() + options.RestAfterSilence;
            watch.Begin();
            return Observation.Unknown<T>(limit.IsCancellationRequested ? "it does not answer" : Told(error));
        }
    }

    /// <summary>Asks something that need not be known.</summary>
    internal async Task<Seq<T>> Ask<T>(
        Func<NpgsqlConnection, CancellationToken, Task<Seq<T>>> ask,
        CancellationToken cancellation
    )
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return await ask(connection, cancellation);
        }
        catch (Exception error) when (IsFailure(error) && !cancellation.IsCancellationRequested)
        {
            return Seq<T>();
        }
    }

    /// <summary>A change. What fails before a connection is there did not happen; what fails after may have.</summary>
    internal Task<Effect> Change(Func<NpgsqlConnection, Task<Effect>> change, CancellationToken cancellation) =>
        Change(source, change, cancellation);

    /// <summary>A change from inside a database.</summary>
    internal async Task<Effect> ChangeInside(
        DatabaseName database,
        Func<NpgsqlConnection, Task<Effect>> change,
        CancellationToken cancellation
    )
    {
        await using var inside = PostgresExtensions.Open(options, database);
        return await Change(inside, change, cancellation);
    }

    /// <summary>Statements that happen all or not at all.</summary>
    internal Task<Effect> Together(
        NpgsqlConnection connection,
        Seq<string> statements,
        CancellationToken cancellation
    ) =>
        Guard(async () =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            foreach (var statement in statements)
                await Execute(connection, statement, cancellation);
            await transaction.CommitAsync(cancellation);
            return Effect.Happened;
        });

    /// <summary>A statement that cannot be part of a transaction.</summary>
    internal Task<Effect> Alone(NpgsqlConnection connection, string statement, CancellationToken cancellation) =>
        Guard(async () =>
        {
            await Execute(connection, statement, cancellation);
            return Effect.Happened;
        });

    public async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        await source.DisposeAsync();
    }

    private async Task<Effect> Change(
        NpgsqlDataSource source,
        Func<NpgsqlConnection, Task<Effect>> change,
        CancellationToken cancellation
    )
    {
        NpgsqlConnection connection;
        try
        {
            connection = await source.OpenConnectionAsync(cancellation);
        }
        catch (Exception error) when (IsFailure(error))
        {
            source.Clear();
            return Effect.Unreachable(DatabasePlanner.System, Told(error));
        }
        await using (connection)
            return await Guard(() => change(connection));
    }

    private async Task<bool> Answers(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.LookLimit);
        try
        {
            await using var connection = await source.OpenConnectionAsync(limit.Token);
            return true;
        }
        catch (Exception error) when (IsFailure(error) && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    // A connection that was kept may have died with the server that it was made to.
    private async Task<Observation<T>> Twice<T>(
        Func<NpgsqlConnection, Task<Observation<T>>> look,
        CancellationToken cancellation
    )
    {
        try
        {
            return await Once(look, cancellation);
        }
        catch (NpgsqlException error)
            when (error.IsTransient && !IsTimeout(error) && !cancellation.IsCancellationRequested)
        {
            source.Clear();
            return await Once(look, cancellation);
        }
    }

    private async Task<Observation<T>> Once<T>(
        Func<NpgsqlConnection, Task<Observation<T>>> look,
        CancellationToken cancellation
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await look(connection);
    }

    private async Task<Effect> Guard(Func<Task<Effect>> change)
    {
        try
        {
            return await change();
        }
        catch (PostgresException error) when (!IsShutdown(error))
        {
            return Effect.Refused(DatabasePlanner.System, Told(error));
        }
        catch (Exception error) when (IsFailure(error))
        {
            source.Clear();
            return Effect.Unanswered(DatabasePlanner.System, Told(error));
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static bool IsFailure(Exception error) =>
        error is NpgsqlException or TimeoutException or OperationCanceledException or IOException;

    private static bool IsTimeout(Exception error) =>
        error is TimeoutException || error.InnerException is TimeoutException;

    // The server ends, or was ended, in the middle: whether the change happened is not known.
    private static bool IsShutdown(PostgresException error) =>
        error.SqlState.StartsWith("57P", StringComparison.Ordinal)
        || error.SqlState.StartsWith("08", StringComparison.Ordinal);

    private static string Told(Exception error) =>
        error is PostgresException it
            ? string.Join("; ", Seq(it.MessageText, it.Detail ?? "", it.Hint ?? "").Filter(text => text.Length > 0))
        : error.InnerException?.Message is { Length: > 0 } inner ? $"{error.Message} ({inner})"
        : error.Message;
}
