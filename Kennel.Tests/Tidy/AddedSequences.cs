using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Kennel.Tests.Tidy;

/// <summary>Finds, in compiled code, the methods that add <c>Seq</c>s with <c>+</c> or <c>Concat</c>.</summary>
internal static class AddedSequences
{
    private const byte CallOpcode = 0x28;

    public static IEnumerable<string> In(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var tokens = metadata
            .MemberReferences.Where(handle => IsAddition(metadata, metadata.GetMemberReference(handle)))
            .Select(handle => MetadataTokens.GetToken(handle))
            .ToHashSet();
        return metadata
            .MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(method => method.RelativeVirtualAddress != 0)
            .Where(method => Calls(file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() ?? [], tokens))
            .Select(method => Title(metadata, method))
            .Distinct()
            .Order()
            .ToList();
    }

    private static bool IsAddition(MetadataReader metadata, MemberReference member) =>
        metadata.GetString(member.Name) is "op_Addition" or "Concat"
        && member.Parent.Kind == HandleKind.TypeSpecification
        && IsSeq(metadata, metadata.GetTypeSpecification((TypeSpecificationHandle)member.Parent));

    // The signature of Seq<T> is: generic instance, type, the reference to Seq`1.
    private static bool IsSeq(MetadataReader metadata, TypeSpecification type)
    {
        var signature = metadata.GetBlobReader(type.Signature);
        return signature.ReadSignatureTypeCode() == SignatureTypeCode.GenericTypeInstance
            && signature.ReadSignatureTypeCode() == SignatureTypeCode.TypeHandle
            && signature.ReadTypeHandle() is { Kind: HandleKind.TypeReference } handle
            && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)handle).Name) == "Seq`1";
    }

    private static bool Calls(byte[] code, ISet<int> tokens) =>
        Enumerable
            .Range(0, Math.Max(0, code.Length - 4))
            .Any(index => code[index] == CallOpcode && tokens.Contains(BitConverter.ToInt32(code, index + 1)));

    private static string Title(MetadataReader metadata, MethodDefinition method)
    {
        var type = metadata.GetTypeDefinition(method.GetDeclaringType());
        var outer = type.GetDeclaringType();
        var name = outer.IsNil
            ? metadata.GetString(type.Name)
            : $"{metadata.GetString(metadata.GetTypeDefinition(outer).Name)}.{metadata.GetString(type.Name)}";
        return $"{name}.{metadata.GetString(method.Name)}";
    }
}
