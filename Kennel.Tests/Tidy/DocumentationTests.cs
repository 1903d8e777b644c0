using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Kennel.Core.Planning;

namespace Kennel.Tests.Tidy;

public sealed class DocumentationTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Core = typeof(Planner).Assembly;

    /// <summary>The compiler's names of all that has a doc comment.</summary>
    private static readonly Lazy<ILookup<string, string>> Documented = new(() =>
        XDocument
            .Load(Path.ChangeExtension(Core.Location, ".xml"))
            .Descendants("member")
            .Select(member => member.Attribute("name")!.Value)
            .ToLookup(name => name.Split('(', '`')[0] == name ? name : Plain(name), StringComparer.Ordinal)
    );

    [Fact]
    public void Every_public_type_and_member_of_Core_has_a_doc_comment() =>
        Expect.None(
            Core.GetExportedTypes()
                .Where(IsWritten)
                .SelectMany(type => Undocumented(type).Prepend(Undocumented($"T:{Name(type)}", 1)).OfType<string>()),
            "Say in a sentence what it is, in a doc comment"
        );

    private static IEnumerable<string?> Undocumented(Type type) =>
        type.GetMembers(Declared)
            .Where(member => IsWritten(member) && !IsOfRecord(type, member))
            .GroupBy(member => $"{Letter(member)}:{Name(type)}.{member.Name}", StringComparer.Ordinal)
            .Select(overloads => Undocumented(overloads.Key, overloads.Count()));

    private static string? Undocumented(string name, int count) =>
        Documented.Value[name].Count() >= count ? null : name;

    private static bool IsWritten(MemberInfo member) =>
        member.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && member is not (Type or ConstructorInfo)
        && member is not MethodInfo { IsSpecialName: true, Name: not "op_Addition" }
        && member.Name != "value__"
        && member.Name is not ("ToString" or "GetHashCode" or "Equals" or "CompareTo");

    private static bool IsWritten(Type type) =>
        type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && !type.Name.Contains('<', StringComparison.Ordinal);

    /// <summary>What the parameters of a record make is described with the record.</summary>
    private static bool IsOfRecord(Type type, MemberInfo member) =>
        member is PropertyInfo
        && type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Any(constructor => constructor.GetParameters().Any(parameter => parameter.Name == member.Name));

    private static char Letter(MemberInfo member) =>
        member switch
        {
            PropertyInfo => 'P',
            FieldInfo => 'F',
            _ => 'M',
        };

    private static string Name(Type type) => Plain(type.FullName!.Replace('+', '.'));

    private static string Plain(string name) =>
        System.Text.RegularExpressions.Regex.Replace(name.Split('(')[0], "`+[0-9]+", "");
}
