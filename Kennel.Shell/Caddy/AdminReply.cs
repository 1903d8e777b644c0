namespace Kennel.Shell.Caddy;

/// <summary>What came of one request to the admin endpoint.</summary>
internal abstract record AdminReply
{
    private AdminReply() { }

    /// <summary>It answered.</summary>
    public sealed record Answer(int Status, string EntityTag, string Body) : AdminReply
    {
        public bool IsSuccess => Status is >= 200 and <= 299;
    }

    /// <summary>No connection came about: it cannot have acted.</summary>
    public sealed record Unreachable(string Detail) : AdminReply;

    /// <summary>The connection broke or took too long: it may have acted.</summary>
    public sealed record Unanswered(string Detail) : AdminReply;
}
