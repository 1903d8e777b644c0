namespace Kennel.Shell.Garage;

/// <summary>How Garage is reached.</summary>
/// <param name="AdminEndpoint">Its admin API.</param>
/// <param name="TokenFile">The file with the token of that API.</param>
/// <param name="S3Endpoint">Its S3 API.</param>
/// <param name="Region">Its region.</param>
public sealed record GarageOptions(string AdminEndpoint, Option<string> TokenFile, string S3Endpoint, string Region)
{
    /// <summary>The variable with the token, where no file is named.</summary>
    public const string TokenVariable = "GARAGE_ADMIN_TOKEN";

    /// <summary>How long one answer may take.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one pass empties a bucket.</summary>
    public TimeSpan EmptyingLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a server that did not answer is left alone.</summary>
    public TimeSpan RestAfterSilence { get; init; } = TimeSpan.FromSeconds(15);
}
