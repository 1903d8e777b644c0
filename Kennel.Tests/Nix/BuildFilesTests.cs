using System.Diagnostics;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell;
using Kennel.Shell.Nix;

namespace Kennel.Tests.Nix;

public sealed class BuildFilesTests : IDisposable
{
    private static readonly BuildId Build = new(7);
    private readonly string root = Directory.CreateTempSubdirectory("kennel-builds-").FullName;
    private readonly BuildFiles files;

    public BuildFilesTests()
    {
        Directory.CreateDirectory($"{root}/builds");
        Directory.CreateDirectory($"{root}/logs");
        files = new BuildFiles(new StatePaths(root) { ServiceState = $"{root}/knl" });
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Result => $"{root}/builds/7/result.json";

    [Fact]
    public async Task A_directory_that_was_made_has_no_result_until_one_is_written()
    {
        await Make();
        Assert.Equal(Some(Option<BuildResult>.None), await Look());

        File.WriteAllText(Result, BuildResultText.Failed(new Cause.NoFlake()));
        Assert.Equal(Some(Some<BuildResult>(new BuildResult.Failed(new Cause.NoFlake()))), await Look());

        await Remove();
        Assert.Equal(Option<Option<BuildResult>>.None, await Look());
    }

    [Fact]
    public async Task Any_user_may_write_to_the_directory_and_only_Kennel_and_its_group_read_the_log()
    {
        await Make();

        Assert.Equal("777", Convert.ToString((int)File.GetUnixFileMode($"{root}/builds/7"), 8));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode($"{root}/logs/7.log") & UnixFileMode.OtherRead);
    }

    [Fact]
    public async Task A_second_start_does_not_see_the_result_of_the_first_and_keeps_its_log()
    {
        await Make();
        File.WriteAllText(Result, BuildResultText.Failed(new Cause.NoFlake()));
        File.WriteAllText($"{root}/logs/7.log", "first\n");

        await Make();

        Assert.Equal(Some(Option<BuildResult>.None), await Look());
        Assert.Equal("first\n", File.ReadAllText($"{root}/logs/7.log"));
    }

    [Fact]
    public async Task A_link_in_place_of_the_result_is_not_followed()
    {
        await Make();
        File.WriteAllText($"{root}/secret", BuildResultText.Failed(new Cause.NoFlake()));
        File.CreateSymbolicLink(Result, $"{root}/secret");

        AssertInvalid(await Look());
    }

    [Fact]
    public async Task A_pipe_in_place_of_the_result_is_not_waited_for()
    {
        await Make();
        using (var made = Process.Start("mkfifo", [Result]))
            await made.WaitForExitAsync();

        AssertInvalid(await Look().WaitAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_directory_or_endless_file_in_place_of_the_result_fails_its_build()
    {
        await Make();
        Directory.CreateDirectory(Result);
        AssertInvalid(await Look());

        Directory.Delete(Result);
        using (var file = File.OpenWrite(Result))
            file.SetLength(1L << 40);
        AssertInvalid(await Look());
    }

    [Fact]
    public async Task A_store_path_that_is_not_there_fails_its_build()
    {
        await Make();
        File.WriteAllText(
            Result,
            """
            {"version":1,"built":{"manifest":"{\"sites\":{\"docs\":{}}}","programs":{},
            "outputs":{"docs":"/nix/store/a8zbmwccf3d3i2nz7k302phjs33yvr9f-none"}}}
            """
        );

        AssertInvalid(await Look());
    }

    [Fact]
    public async Task Removing_follows_no_link_and_what_is_gone_is_removed()
    {
        await Make();
        File.WriteAllText($"{root}/keep", "x");
        Directory.CreateDirectory($"{root}/kept");
        File.WriteAllText($"{root}/kept/file", "x");
        File.CreateSymbolicLink($"{root}/builds/7/a", $"{root}/keep");
        Directory.CreateSymbolicLink($"{root}/builds/7/b", $"{root}/kept");

        Assert.Equal(Effect.Happened, await Remove());
        Assert.Equal(Effect.Happened, await Remove());

        Assert.True(File.Exists($"{root}/keep"));
        Assert.True(File.Exists($"{root}/kept/file"));
    }

    [Fact]
    public async Task State_directories_are_the_names_below_theirs_and_none_before_the_first_service()
    {
        Assert.Equal(Observation.Known(Set<string>()), await files.StateDirectories(CancellationToken.None));

        Directory.CreateDirectory($"{root}/knl/one");

        Assert.Equal(Observation.Known(Set("one")), await files.StateDirectories(CancellationToken.None));
    }

    [Fact]
    public async Task Every_disk_that_builds_fill_is_seen_once()
    {
        var disks = new BuildFiles(new StatePaths("/proc") { Store = root, Builds = "/proc/self" });

        Assert.Equal([root, "/proc"], await Disks(disks));
    }

    [Fact]
    public async Task A_store_that_is_not_there_yet_is_no_disk()
    {
        var disks = new BuildFiles(new StatePaths(root) { Store = $"{root}/none", Builds = "/proc" });

        Assert.Equal([root, "/proc"], await Disks(disks));
    }

    [Fact]
    public async Task What_cannot_be_listed_is_unknown_and_not_empty()
    {
        Directory.Delete($"{root}/builds");

        Assert.IsType<Observation<Map<BuildId, Option<BuildResult>>>.Unknown>(
            await files.BuildDirectories(CancellationToken.None)
        );
    }

    private Task<Effect> Make() =>
        files.MakeBuildDirectory(new Core.Planning.Action.MakeBuildDirectory(Build), CancellationToken.None);

    private Task<Effect> Remove() =>
        files.RemoveBuildDirectory(new Core.Planning.Action.RemoveBuildDirectory(Build), CancellationToken.None);

    private static async Task<IEnumerable<string>> Disks(BuildFiles files) =>
        (await files.FreeSpace(CancellationToken.None)).ToOption().IfNone(Seq<FreeSpace>()).Map(disk => disk.Path);

    private async Task<Option<Option<BuildResult>>> Look() =>
        (await files.BuildDirectories(CancellationToken.None)).ToOption().Bind(builds => builds.Find(Build));

    private static void AssertInvalid(Option<Option<BuildResult>> seen) =>
        Assert.IsType<Cause.ResultInvalid>(
            Assert.IsType<BuildResult.Failed>(seen.Flatten().Match(result => (object)result, () => "nothing")).Cause
        );
}
