using System.Globalization;

namespace Kennel.Tests.Forge;

/// <summary>Bodies of deliveries, written by hand, as small as they may be.</summary>
internal static class Bodies
{
    internal const long RepositoryId = 7;
    internal const string Commit = "1234567890123456789012345678901234567890";
    internal const string Before = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";
    internal const string Zero = "0000000000000000000000000000000000000000";

    internal static string Repository(
        long id = RepositoryId,
        string owner = "a",
        string name = "hello",
        string host = "git.example.org"
    ) =>
        $$"""
            { "id": {{id.ToString(
                CultureInfo.InvariantCulture
            )}}, "owner": { "login": "{{owner}}" }, "name": "{{name}}",
              "clone_url": "https://{{host}}/{{owner}}/{{name}}.git", "ssh_url": "git@{{host}}:{{owner}}/{{name}}.git",
              "default_branch": "main" }
            """;

    internal static string Push(
        string reference = "refs/heads/main",
        string before = Before,
        string after = Commit,
        string? repository = null
    ) =>
        $$"""
            { "ref": "{{reference}}", "before": "{{before}}", "after": "{{after}}", "commits": [],
              "repository": {{repository ?? Repository()}} }
            """;

    internal static string Create(string reference, string type = "branch") =>
        $$"""
            { "sha": "{{Commit}}", "ref": "{{reference}}", "ref_type": "{{type}}", "repository": {{Repository()}} }
            """;

    internal static string Delete(string reference, string type = "branch") =>
        $$"""
            { "ref": "{{reference}}", "ref_type": "{{type}}", "pusher_type": "user", "repository": {{Repository()}} }
            """;

    internal static string PullRequest(
        string action,
        string state = "open",
        string merged = "false",
        string updatedAt = "2026-01-31T12:00:00+01:00",
        string head = """{ "label": "change", "ref": "change", "repo_id": 7, "repo": { "id": 7 } }""",
        string target = """{ "label": "main", "ref": "main", "repo_id": 7, "repo": { "id": 7 } }""",
        string more = "",
        string changes = "null",
        string number = "5"
    ) =>
        $$"""
            { "action": "{{action}}", "number": {{number}}, "changes": {{changes}}, "pull_request": {
              "number": 5, "state": "{{state}}", "merged": {{merged}}, "updated_at": "{{updatedAt}}",
              "head": {{head}}, "base": {{target}}{{more}} }, "repository": {{Repository()}} }
            """;
}
