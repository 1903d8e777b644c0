using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell;
using Kennel.Shell.Nix;

namespace Kennel.Tests.Nix;

public sealed class KeptFilesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private readonly string root = Directory.CreateTempSubdirectory("kennel-kept-").FullName;
    private readonly BuildFiles files;

    public KeptFilesTests()
    {
        Directory.CreateDirectory($"{root}/mirrors/3.git/objects");
        Directory.CreateDirectory($"{root}/mirrors/notes");
        Directory.CreateDirectory($"{root}/logs");
        File.WriteAllText($"{root}/logs/7.log", "built\n");
        File.WriteAllText($"{root}/logs/mine.log", "not Kennel's\n");
        File.WriteAllText($"{root}/kennel.db", "");
        File.WriteAllText($"{root}/kennel.db.before-3-20260304T120000000Z", "");
        files = new BuildFiles(new StatePaths(root));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Only_what_has_a_name_of_Kennels_is_seen() =>
        Assert.Equal(
            ["backup kennel.db.before-3-20260304T120000000Z", "log of build 7", "mirror 3"],
            (await Seen(Now)).Map(file => file.Title).Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task Each_can_be_removed_and_the_rest_stays()
    {
        foreach (var file in await Seen(Now))
            Assert.Equal(Effect.Happened, await files.RemoveFile(new(file), CancellationToken.None));
        Assert.Empty(await Seen(Now));
        Assert.True(File.Exists($"{root}/kennel.db") && File.Exists($"{root}/logs/mine.log"));
        Assert.True(Directory.Exists($"{root}/mirrors/notes"));
    }

    [Fact]
    public async Task What_is_gone_already_counts_as_removed()
    {
        var gone = new KeptFile.Mirror(new ProjectId(99)) { WrittenAt = Now };
        Assert.Equal(Effect.Happened, await files.RemoveFile(new(gone), CancellationToken.None));
    }

    [Fact]
    public async Task It_is_looked_at_anew_after_a_while_or_when_asked_to()
    {
        await Seen(Now);
        File.Delete($"{root}/logs/7.log");
        Assert.Equal(3, (await Seen(Now.AddMinutes(1))).Count);
        Assert.Equal(2, (await Seen(Now.AddMinutes(10))).Count);
        Directory.Delete($"{root}/mirrors/3.git", recursive: true);
        files.LookAfresh();
        Assert.Single(await Seen(Now.AddMinutes(11)));
    }

    private async Task<Seq<KeptFile>> Seen(DateTimeOffset now) =>
        (await files.KeptFiles(now, CancellationToken.None)).Match(
            seen => seen,
            reason => throw new InvalidOperationException(reason)
        );
}
