using Kennel.Core.Domain;

namespace Kennel.Core.Forge;

/// <summary>Reads the repository that a delivery is about.</summary>
internal static class RepositoryReader
{
    internal static Validation<Problem, ForgeRepository> Read(ForgeFields fields) =>
        (
            fields.Whole("id", 1, long.MaxValue),
            fields.Object("owner").Bind(Login),
            fields.Text("name").Bind(name => Filled(fields.At("name"), name)),
            fields.Text("clone_url"),
            fields.OptionalText("default_branch").Bind(name => DefaultBranch(fields.At("default_branch"), name))
        ).Apply(
            (id, owner, name, url, branch) =>
                new ForgeRepository(id, owner, name, url, branch)
                {
                    SshUrl = fields.OptionalText("ssh_url").ToOption().Flatten(),
                }
        );

    // Older servers say username, and GitHub's pushes by its own name.
    private static Validation<Problem, string> Login(ForgeFields owner) =>
        owner.Has("login") ? owner.Text("login").Bind(name => Filled(owner.At("login"), name))
        : owner.Has("username") ? owner.Text("username").Bind(name => Filled(owner.At("username"), name))
        : owner.Text("name").Bind(name => Filled(owner.At("login"), name));

    private static Validation<Problem, string> Filled(string where, string text) =>
        text.Length > 0 && !text.Any(letter => char.IsControl(letter) || letter is '/' or '\\')
            ? Success<Problem, string>(text)
            : Fail<Problem, string>(Problem.Of(where, text, "a name without / and control characters"));

    // An empty repository may have none yet.
    private static Validation<Problem, Option<BranchName>> DefaultBranch(string where, Option<string> given) =>
        given
            .Filter(name => name.Length > 0)
            .Match(name => BranchName.Parse(where, name).Map(Some), () => Success<Problem, Option<BranchName>>(None));
}
