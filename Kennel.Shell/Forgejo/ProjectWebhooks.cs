using Kennel.Core.Configuration;
using Kennel.Core.Forge;
using Kennel.Core.Views;
using Kennel.Shell.Store;

namespace Kennel.Shell.Forgejo;

/// <summary>
/// The webhooks of projects in Forgejo: made and deleted by Kennel where it has a token for the forge that the project
/// is on, and told to people where it has none or where that fails.
/// </summary>
/// <param name="configuration">The host's configuration.</param>
/// <param name="answerLimit">How long one answer of Forgejo's may take.</param>
internal sealed class ProjectWebhooks(HostConfiguration configuration, TimeSpan answerLimit)
{
    /// <summary>How long one answer may take where nobody says otherwise.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>The file with the secret of a project's webhook: its own, or that of all.</summary>
    public Option<string> SecretFile(ProjectRow project) => project.SecretFile | configuration.WebhookSecretFile;

    /// <summary>Where a project's webhook delivers to.</summary>
    public string Target(ProjectRow project) => configuration.Api.WebhookUrl(project.Name);

    /// <summary>Sees to it that a project has its webhook.</summary>
    /// <param name="project">The project.</param>
    /// <param name="isSecretKnown">Whether its secret is the one that an existing webhook would have.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<WebhookView> Ensure(ProjectRow project, bool isSecretKnown, CancellationToken cancellation) =>
        Try(
            project,
            (hooks, limited) =>
                SecretFile(project)
                    .ToEither("the project has no secret")
                    .Bind(path => Line("the secret's file", path))
                    .Match(
                        secret => hooks.Ensure(secret, isSecretKnown, limited),
                        problem => Task.FromResult(Left<string, HookOutcome>(problem))
                    ),
            cancellation
        );

    /// <summary>Deletes a project's webhook.</summary>
    public Task<WebhookView> Remove(ProjectRow project, CancellationToken cancellation) =>
        Try(project, (hooks, limited) => hooks.Remove(limited), cancellation);

    private async Task<WebhookView> Try(
        ProjectRow project,
        Func<RepositoryHooks, CancellationToken, Task<Either<string, HookOutcome>>> work,
        CancellationToken cancellation
    )
    {
        var place =
            from url in configuration.Forgejo.Url
            from file in configuration.Forgejo.TokenFile
            from repository in RepositoryAddress.On(url, project.CloneUrl)
            select (Url: url, TokenFile: file, Repository: repository);
        return await place.Match(
            async it =>
            {
                var done = await Line("forgejo.tokenFile", it.TokenFile)
                    .Match(
                        token => Work(it.Url, token, it.Repository, Target(project), work, cancellation),
                        problem => Task.FromResult(Left<string, HookOutcome>(problem))
                    );
                return done.Match(
                    outcome => View(project, Word(outcome), None),
                    error => View(project, "by-hand", error)
                );
            },
            () => Task.FromResult(View(project, "by-hand", None))
        );
    }

    private async Task<Either<string, HookOutcome>> Work(
        string url,
        string token,
        RepositoryAddress repository,
        string target,
        Func<RepositoryHooks, CancellationToken, Task<Either<string, HookOutcome>>> work,
        CancellationToken cancellation
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        using var client = new ForgejoClient(url, token, answerLimit);
        try
        {
            return await work(new RepositoryHooks(client, repository, target), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{url} took longer than {Limit.TotalSeconds} s in all";
        }
    }

    private static Either<string, string> Line(string where, string path) =>
        SecretLine.Read(where, path).ToEither().MapLeft(problems => string.Join("; ", problems));

    private WebhookView View(ProjectRow project, string state, Option<string> warning) =>
        new(Target(project), SecretFile(project), Hook.OwnEvents, state, warning);

    private static string Word(HookOutcome outcome) =>
        outcome switch
        {
            HookOutcome.Made => "made",
            HookOutcome.Replaced => "replaced",
            HookOutcome.Kept => "kept",
            HookOutcome.Removed => "removed",
            HookOutcome.Absent => "absent",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
