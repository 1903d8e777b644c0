using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Core.Secrets;

/// <summary>What a project declares of its secrets: all its files, laid over each other.</summary>
/// <param name="Profiles">The profiles by name.</param>
public sealed record SecretSpecification(Map<string, SecretProfile> Profiles)
{
    /// <summary>How long the text may be.</summary>
    public const int SizeBytesMax = 512 << 10;

    /// <summary>How many files may extend each other.</summary>
    public const int FilesMax = 32;

    private const string FileName = SecretFilePath.Root;

    /// <summary>
    /// Reads the text that a build leaves: an object of the files by their paths in the checkout, each as JSON.
    /// </summary>
    public static Validation<Problem, SecretSpecification> Read(string text) =>
        JsonNode
            .Parse(FileName, text, SizeBytesMax)
            .Bind(node =>
                JsonFields.TableOf(
                    (_, key) => Success<Problem, string>(key),
                    (_, file) => Success<Problem, JsonNode>(file)
                )(FileName, node)
            )
            .Bind(ReadFiles)
            .Bind(files => Ordered(files, Seq<string>(), FileName))
            .Map(files => new SecretSpecification(
                files.Fold(Map<string, SecretProfile>(), (lower, file) => Laid(lower, file.Profiles))
            ));

    /// <summary>Which files a file extends, so that they can be put beside it.</summary>
    /// <param name="path">Its path in the checkout.</param>
    /// <param name="text">The file as JSON.</param>
    public static Validation<Problem, Seq<string>> Extended(string path, string text) =>
        JsonNode
            .Parse(path, text, SizeBytesMax)
            .Bind(node => SecretFileReader.Read(path, node))
            .Map(file => file.Extends);

    /// <summary>
    /// The secrets of a profile with all that they inherit. A profile that is not declared is the default one: its
    /// secrets are declared there, and kept under the name of the profile that was asked for.
    /// </summary>
    public Validation<Problem, Map<SecretName, SecretEntry>> Effective(string profile)
    {
        var own = Profiles.Find(profile);
        var inherited = Profiles.Find(SecretProfile.DefaultName);
        if (own.IsNone && inherited.IsNone)
            return Fail<Problem, Map<SecretName, SecretEntry>>(
                Problem.Of(
                    $"{FileName}: profiles",
                    string.Join(", ", Profiles.Keys),
                    $"a profile called {profile}, or one called {SecretProfile.DefaultName} from which it inherits"
                )
            );
        var here = own.IfNone(SecretProfile.Empty);
        var below =
            profile != SecretProfile.DefaultName && here.Defaults.Inherit.IfNone(true)
                ? inherited.Map(it => it.Entries).IfNone(Map<SecretName, SecretEntry>())
                : Map<SecretName, SecretEntry>();
        return Success<Problem, Map<SecretName, SecretEntry>>(
            toMap(
                toSet(Joined(here.Entries.Keys.ToSeq(), below.Keys.ToSeq()))
                    .ToSeq()
                    .Map(name => (name, Effective(here, below, name)))
                    .Strict()
            )
        );
    }

    private static SecretEntry Effective(SecretProfile here, Map<SecretName, SecretEntry> below, SecretName name)
    {
        var declared = here.Entries.Find(name).IfNone(SecretEntry.Empty).Or(below.Find(name).IfNone(SecretEntry.Empty));
        return declared with
        {
            Default = declared.Composed.IsSome ? declared.Default : declared.Default | here.Defaults.Default,
            Need = declared.Need | here.Defaults.Required.Map(ByFlag),
        };
    }

    private static SecretNeed ByFlag(bool isRequired) =>
        isRequired ? new SecretNeed.Required() : new SecretNeed.Optional();

    private static Validation<Problem, Map<string, SecretFile>> ReadFiles(Map<string, JsonNode> files) =>
        files.Count > FilesMax
            ? Fail<Problem, Map<string, SecretFile>>(
                Problem.Of(FileName, $"{files.Count} files", $"at most {FilesMax}")
            )
            : files
                .Pairs.ToSeq()
                .Map(pair => SecretFileReader.Read(pair.Key, pair.Value).Map(file => (pair.Key, file)))
                .Strict()
                .Collect()
                .Map(pairs => toMap(pairs));

    // What a file extends comes before it, so that it has the last word; a file that is reached twice counts where it
    // is reached first.
    private static Validation<Problem, Seq<SecretFile>> Ordered(
        Map<string, SecretFile> files,
        Seq<string> above,
        string path
    ) => Reach(files, above, Set<string>(), path).Map(reached => reached.Files);

    private static Validation<Problem, (Seq<SecretFile> Files, Set<string> Seen)> Reach(
        Map<string, SecretFile> files,
        Seq<string> above,
        Set<string> seen,
        string path
    )
    {
        if (above.Contains(path))
            return Fail<Problem, (Seq<SecretFile>, Set<string>)>(
                Problem.Of(
                    $"{above.Last}: project.extends",
                    string.Join(" → ", above.Add(path)),
                    "files that do not extend each other in a circle"
                )
            );
        if (seen.Contains(path))
            return Success<Problem, (Seq<SecretFile>, Set<string>)>((Seq<SecretFile>(), seen));
        return files
            .Find(path)
            .ToValidation(Problem.Of(path, null, "a file of the repository, for another one extends it"))
            .Bind(file =>
                file.Extends.Fold(
                        Success<Problem, (Seq<SecretFile> Files, Set<string> Seen)>(
                            (Seq<SecretFile>(), seen.Add(path))
                        ),
                        (before, next) =>
                            before.Bind(it =>
                                Reach(files, above.Add(path), it.Seen, next)
                                    .Map(reached => (Joined(it.Files, reached.Files), reached.Seen))
                            )
                    )
                    .Map(below => (below.Files.Add(file), below.Seen))
            );
    }

    private static Map<string, SecretProfile> Laid(
        Map<string, SecretProfile> lower,
        Map<string, SecretProfile> upper
    ) =>
        upper.Pairs.Fold(
            lower,
            (all, pair) => all.AddOrUpdate(pair.Key, all.Find(pair.Key).IfNone(SecretProfile.Empty).Under(pair.Value))
        );
}
