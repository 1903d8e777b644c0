using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Kennel.Core.Planning;

namespace Kennel.Tests.Tidy;

/// <summary>What Kennel.Core refers to, read from the compiled assembly: nothing hides from that.</summary>
public sealed class CorePurityTests
{
    private static readonly Assembly Core = typeof(Planner).Assembly;

    private static readonly string[] AllowedAssemblies =
    [
        "LanguageExt.Core",
        "System.Collections",
        "System.Collections.Immutable",
        "System.Linq",
        "System.Memory",
        "System.Net.Primitives",
        "System.Runtime",
        "System.Security.Cryptography",
        "System.Text.Encodings.Web",
        "System.Text.Json",
        "System.Text.RegularExpressions",
    ];

    private static readonly string[] AllowedTypes =
    [
        "System.Diagnostics.CodeAnalysis.",
        "System.Diagnostics.Debug",
        "System.Diagnostics.UnreachableException",
        "System.IO.MemoryStream",
        "System.IO.Stream",
        "System.Net.IPAddress",
        "System.Threading.CancellationToken",
        "System.Threading.Tasks.Task",
    ];

    private static readonly string[] ForbiddenTypes =
    [
        "System.Console",
        "System.Diagnostics.",
        "System.Environment",
        "System.IO.",
        "System.Net.",
        "System.Random",
        "System.Security.Cryptography.RandomNumberGenerator",
        "System.Threading.",
        "System.TimeProvider",
        "Microsoft.",
    ];

    private static readonly string[] ForbiddenMembers =
    [
        "System.DateTime.get_Now",
        "System.DateTime.get_Today",
        "System.DateTime.get_UtcNow",
        "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow",
        "System.Guid.CreateVersion7",
        "System.Guid.NewGuid",
        "System.Threading.Tasks.Task.Delay",
        "System.Threading.Tasks.Task.Run",
    ];

    [Fact]
    public void Core_references_no_assembly_that_does_input_or_output() =>
        Expect.None(
            Core.GetReferencedAssemblies().Select(name => name.Name!).Except(AllowedAssemblies, StringComparer.Ordinal),
            "Kennel.Core is pure: what reaches outside belongs into Kennel.Shell, behind a port"
        );

    [Fact]
    public void Core_uses_no_type_that_does_input_or_output_or_knows_the_time() =>
        Expect.None(
            Read(Types).Where(name => StartsWith(ForbiddenTypes, name) && !StartsWith(AllowedTypes, name)),
            "Kennel.Core is pure: what reaches outside belongs into Kennel.Shell, behind a port"
        );

    [Fact]
    public void Core_asks_for_no_time_and_no_random_number() =>
        Expect.None(
            Read(Members).Intersect(ForbiddenMembers, StringComparer.Ordinal),
            "Kennel.Core is told the time and every id as values: give it a parameter"
        );

    private static bool StartsWith(string[] beginnings, string name) =>
        beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));

    private static List<string> Read(Func<MetadataReader, IEnumerable<string>> read)
    {
        using var file = new PEReader(File.OpenRead(Core.Location));
        return read(file.GetMetadataReader()).Distinct().Order(StringComparer.Ordinal).ToList();
    }

    private static IEnumerable<string> Types(MetadataReader metadata) =>
        metadata.TypeReferences.Select(handle => TypeName(metadata, handle));

    private static IEnumerable<string> Members(MetadataReader metadata) =>
        metadata
            .MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member =>
                $"{TypeName(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}"
            );

    private static string TypeName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
