using System.Text;

namespace Kennel.Core.Secrets;

/// <summary>
/// The content of an environment file as systemd reads it. Every value stands in double quotes, in which a backslash
/// escapes <c>"</c>, <c>\</c>, <c>`</c> and <c>$</c>, and everything else, line breaks included, stands for itself.
/// Source: systemd.exec(5) and the reader of such files in systemd.
/// </summary>
public static class SecretEnvironmentText
{
    /// <summary>The file's bytes.</summary>
    /// <param name="variables">The variables; the values are text without a zero byte.</param>
    public static SecretValue Of(Seq<(SecretName Name, SecretValue Value)> variables)
    {
        using var file = new MemoryStream();
        foreach (var (name, value) in variables)
        {
            file.Write(Encoding.ASCII.GetBytes($"{name}=\""));
            foreach (var letter in value.Reveal())
            {
                if (letter is (byte)'"' or (byte)'\\' or (byte)'`' or (byte)'$')
                    file.WriteByte((byte)'\\');
                file.WriteByte(letter);
            }
            file.Write("\"\n"u8);
        }
        return SecretValue.Of(file.ToArray());
    }
}
