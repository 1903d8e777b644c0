using Kennel.Core.Domain;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Store;

public sealed class RegistrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoreOnTrial _store;

    public RegistrationTests() => _store = new StoreOnTrial(new SecretFiles(Secrets, new HandClock()));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private static NewProject NeedingSecret => StoreOnTrial.Project("hello") with { NeedsSecret = true };

    private string Secrets => Path.Combine(_folder.Path, "secrets");

    private string MadeSecret => Path.Combine(Secrets, "webhook-1");

    private Task<Either<Refusal, ProjectRow>> Add(NewProject project) =>
        _store.Intents.AddProject(project, CancellationToken.None);

    private async Task<ProjectRow> Added(NewProject project) => StoreOnTrial.Must(await Add(project));

    private Task<Either<Refusal, ProjectRow>> Remove() =>
        _store.Intents.RemoveProject(StoreOnTrial.Hello, "no longer needed", CancellationToken.None);

    [Fact]
    public async Task A_secret_is_made_of_32_random_bytes_for_Kennel_alone()
    {
        var row = await Added(NeedingSecret);

        Assert.Equal(Some(MadeSecret), row.SecretFile);
        Assert.Matches(@"\A[0-9a-f]{64}\n\z", File.ReadAllText(MadeSecret));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(MadeSecret));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Secrets)
        );
        Assert.Equal(MadeSecret, Assert.Single(Directory.GetFiles(Secrets)));
    }

    [Fact]
    public async Task What_a_project_is_called_in_the_secret_store_is_kept_and_not_changed_by_another_registration()
    {
        var other = Some(StoreOnTrial.Must(ProjectName.Parse("test", "other")));
        var row = await Added(StoreOnTrial.Project("hello") with { SecretsProject = other });

        Assert.Equal(other, row.SecretsProject);
        Assert.Equal(other, Assert.Single((await _store.Read()).Projects).SecretsProject);
        Assert.Equal(row, await Added(StoreOnTrial.Project("hello")));
        var refusal = (await Add(StoreOnTrial.Project("hello") with { SecretsProject = StoreOnTrial.Hello })).Match(
            Right: _ => "",
            Left: refused => refused.What
        );
        Assert.Contains("with the secrets of other", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_registration_again_keeps_the_secret()
    {
        var row = await Added(NeedingSecret);
        var secret = File.ReadAllText(MadeSecret);

        Assert.Equal(row, await Added(NeedingSecret));
        Assert.Equal(secret, File.ReadAllText(MadeSecret));
    }

    [Fact]
    public async Task A_secret_that_was_made_and_is_lost_is_made_anew()
    {
        await Added(NeedingSecret);
        File.Delete(MadeSecret);

        await Added(NeedingSecret);

        Assert.True(File.Exists(MadeSecret));
    }

    [Fact]
    public async Task A_project_from_before_there_were_secrets_gets_one_when_it_is_registered_again()
    {
        await _store.Register();

        Assert.Equal(Some(MadeSecret), (await Added(NeedingSecret)).SecretFile);
    }

    [Fact]
    public async Task A_file_that_an_unfinished_registration_left_is_set_aside()
    {
        Directory.CreateDirectory(Secrets);
        File.WriteAllText(MadeSecret, "of another time");

        await Added(NeedingSecret);

        Assert.NotEqual("of another time", File.ReadAllText(MadeSecret));
        var aside = Assert.Single(Directory.GetFiles(Secrets, "webhook-1.set-aside-*"));
        Assert.Equal("of another time", File.ReadAllText(aside));
    }

    [Fact]
    public async Task Where_no_secret_can_be_made_nothing_is_registered()
    {
        File.WriteAllText(Secrets, "in the way");

        var refusal = (await Add(NeedingSecret)).Match(_ => throw new InvalidOperationException(), it => it);

        Assert.Equal("secret-not-made", refusal.Code);
        Assert.Empty(await _store.Intents.Projects(CancellationToken.None));
    }

    [Fact]
    public async Task A_secret_of_ones_own_is_noted_and_a_different_one_is_refused()
    {
        var project = StoreOnTrial.Project("hello") with { SecretFile = "/run/secrets/hello" };

        Assert.Equal(Some("/run/secrets/hello"), (await Added(project)).SecretFile);
        Assert.Equal(Some("/run/secrets/hello"), (await Added(NeedingSecret)).SecretFile);
        var other = await Add(project with { SecretFile = "/run/secrets/other" });

        Assert.Contains("/run/secrets/hello", other.Match(_ => "", refusal => refusal.What), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Secrets));
    }

    [Fact]
    public async Task A_made_secret_goes_with_the_row_of_its_project_and_not_before()
    {
        await Added(NeedingSecret);
        await _store.Built();
        var branch = await _store.OnlyBranch();
        StoreOnTrial.Must(await Remove());
        Assert.True(File.Exists(MadeSecret));

        await _store.Done(new Action.ForgetBranch(branch.Id));

        Assert.False(File.Exists(MadeSecret));
        Assert.Empty(await _store.Intents.Projects(CancellationToken.None));
    }

    [Fact]
    public async Task A_project_without_branches_takes_its_made_secret_along_at_once()
    {
        await Added(NeedingSecret);
        StoreOnTrial.Must(await Remove());

        Assert.False(File.Exists(MadeSecret));
    }

    [Fact]
    public async Task What_the_forge_told_of_a_removed_project_is_done_with()
    {
        await Added(NeedingSecret);
        await _store.Arrive("push", "refs/heads/main", "deploy");
        await _store.Arrive("push", "refs/heads/main", meaning: null);
        StoreOnTrial.Must(await Remove());

        Assert.Equal(["deploy", "nothing: the project was removed"], await Meanings());
        Assert.Empty((await _store.Read()).Inbox);
    }

    [Fact]
    public async Task What_the_forge_told_of_a_removed_project_is_done_with_when_its_last_branch_is_gone()
    {
        await Added(NeedingSecret);
        await _store.Built();
        var branch = await _store.OnlyBranch();
        await _store.Arrive("push", "refs/heads/main", meaning: null);
        StoreOnTrial.Must(await Remove());

        await _store.Done(new Action.ForgetBranch(branch.Id));

        Assert.Equal(["nothing: the project was removed"], await Meanings());
    }

    private Task<List<string>> Meanings() =>
        _store.Database.Read(
            session =>
                session.Query(
                    "SELECT coalesce(meaning, 'open') FROM deliveries WHERE project IS NULL ORDER BY id",
                    row => row.GetString(0)
                ),
            CancellationToken.None
        );

    [Fact]
    public async Task A_secret_that_Kennel_did_not_make_outlives_its_project()
    {
        var own = Path.Combine(_folder.Path, "webhook-1");
        File.WriteAllText(own, "mine");
        await Added(StoreOnTrial.Project("hello") with { SecretFile = own });
        StoreOnTrial.Must(await Remove());

        Assert.Equal("mine", File.ReadAllText(own));
    }

    [Fact]
    public async Task The_environments_are_kept_and_others_under_the_same_name_are_refused()
    {
        var some = StoreOnTrial.Project("hello") with
        {
            Environments = Set(DeployEnvironment.Preview, DeployEnvironment.Prod),
        };
        await Added(some);

        var again = await Added(some);
        var all = await Add(StoreOnTrial.Project("hello"));

        Assert.Equal(Set(DeployEnvironment.Prod, DeployEnvironment.Preview), again.Environments);
        Assert.Equal(again.Environments, Assert.Single((await _store.Read()).Projects).Environments);
        Assert.Contains("for prod, preview", all.Match(_ => "", refusal => refusal.What), StringComparison.Ordinal);
    }
}
