namespace Kennel.Tests.Host;

/// <summary>Speaks to Kennel as a forge does about one repository: pushes to it, and sends signed deliveries.</summary>
internal sealed class TestForge(TestHost host, TestRepository repository, int id = 1)
{
    private const string SecretFile = "/etc/kennel/webhook-secret";

    /// <summary>A host whose webhooks share a secret.</summary>
    public static HostOptions Options { get; } =
        new() { Files = [(SecretFile, "not a secret at all\n")], Configuration = Configured("") };

    /// <summary>The configuration of such a host with more in it.</summary>
    public static string Configured(string more) =>
        $$"""
            {
              "domains": { "ephemeral": "{{TestHost.Domain}}" },
              "caddy": { "adminUrl": "unix//run/caddy-admin/admin.sock", "port": 80 },
              "git": { "allowedProtocols": ["file"] },
              "webhookSecretFile": "{{SecretFile}}",
              {{more}}
              "releases": { "readyDeadlineSeconds": 8, "stayUpSeconds": 1, "drainSeconds": 1 },
              "ports": { "coolingSeconds": 1 }
            }
            """;

    /// <summary>Pushes a commit to a branch and tells Kennel; returns the commit.</summary>
    public async Task<string> Push(string branch, string edit)
    {
        var commit = await repository.Push(branch, edit);
        await Deliver("push", branch, commit);
        return commit;
    }

    /// <summary>Deletes a branch and tells Kennel.</summary>
    public async Task Delete(string branch)
    {
        await repository.Delete($"refs/heads/{branch}");
        await Deliver("delete", branch);
    }

    /// <summary>Pushes a commit to the branch of a pull request and tells Kennel of both, the pull request first.</summary>
    public async Task<string> PushToPullRequest(int number, string action, string branch, string edit)
    {
        var commit = await repository.Push(branch, edit, $"refs/pull/{number}/head");
        await Deliver("pull-request", $"{number}", action, branch, commit);
        await Deliver("push", branch, commit);
        return commit;
    }

    /// <summary>Ends a pull request, as <c>closed</c> or <c>merged</c>, and tells Kennel.</summary>
    public Task Close(int number, string how, string branch, string commit) =>
        Deliver("pull-request", $"{number}", how, branch, commit);

    /// <summary>Sends a delivery that must be accepted; returns the answer.</summary>
    public async Task<string> Deliver(params string[] words) => (await TryDeliver(words)).Expect();

    /// <summary>Sends a delivery; options of <c>scripts/deliver</c> may come first.</summary>
    public Task<Ended> TryDeliver(params string[] words) => host.Try(Command(words));

    /// <summary>The command that sends a delivery, for a script that sends many.</summary>
    public string Command(params string[] words) =>
        string.Join(
            ' ',
            [
                $"/src/scripts/deliver --repository club/{repository.Project} --id {id}",
                .. words.Select(word => $"'{word}'"),
            ]
        );
}
