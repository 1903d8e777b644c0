namespace Kennel.PropertyTests.World;

/// <summary>One thing that people do on the forge.</summary>
public abstract record ForgeChange
{
    private ForgeChange() { }

    /// <summary>A commit becomes the head of a branch, which may be new.</summary>
    public sealed record Push(string Branch, SimulatedCommit Commit) : ForgeChange;

    /// <summary>A branch is set back to a commit that it was at before.</summary>
    public sealed record Return(string Branch, int Index) : ForgeChange;

    /// <summary>A branch is set to where another one is.</summary>
    public sealed record Follow(string Branch, string Other) : ForgeChange;

    /// <summary>A branch goes, and with it the pull requests from it.</summary>
    public sealed record Delete(string Branch) : ForgeChange;

    /// <summary>A pull request is opened.</summary>
    public sealed record Open(int Number, string Branch) : ForgeChange;

    /// <summary>A pull request is closed and not merged.</summary>
    public sealed record Close(int Number) : ForgeChange;

    /// <summary>A pull request is merged into the default branch.</summary>
    public sealed record Merge(int Number) : ForgeChange;

    /// <summary>A closed pull request is opened again.</summary>
    public sealed record Reopen(int Number) : ForgeChange;

    /// <summary>How a person would say it.</summary>
    public string Title =>
        this switch
        {
            Push push =>
                $"push {push.Commit.Id.Value[^4..]} to {push.Branch} ({push.Commit.Build}{push.Commit.Message})",
            Return back => $"push {back.Branch} back to where it was ({back.Index})",
            Follow follow => $"push {follow.Other} to {follow.Branch}",
            Delete delete => $"delete {delete.Branch}",
            Open open => $"open #{open.Number} from {open.Branch}",
            Close close => $"close #{close.Number}",
            Merge merge => $"merge #{merge.Number}",
            Reopen reopen => $"reopen #{reopen.Number}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
