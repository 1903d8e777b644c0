using System.Globalization;
using System.Text;

namespace Kennel.Shell.Systemd;

/// <summary>
/// How systemd writes a unit's name into its object path: every byte that is no letter, and no digit after the first
/// byte, becomes <c>_</c> and two hexadecimal digits.
/// </summary>
internal static class UnitPath
{
    internal const string Root = "/org/freedesktop/systemd1/unit";
    private const string Prefix = Root + "/";

    internal static string Of(string unitName)
    {
        var path = new StringBuilder(Prefix);
        var bytes = Encoding.UTF8.GetBytes(unitName);
        if (bytes.Length == 0)
        {
            return path.Append('_').ToString();
        }
        for (var index = 0; index < bytes.Length; index++)
        {
            var letter = (char)bytes[index];
            if (char.IsAsciiLetter(letter) || (index > 0 && char.IsAsciiDigit(letter)))
            {
                path.Append(letter);
            }
            else
            {
                path.Append(CultureInfo.InvariantCulture, $"_{bytes[index]:x2}");
            }
        }
        return path.ToString();
    }

    /// <summary>The unit's name, if the path is one that systemd would write.</summary>
    internal static Option<string> NameOf(string path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return None;
        }
        var label = path.AsSpan(Prefix.Length);
        var bytes = new List<byte>(label.Length);
        for (var index = 0; index < label.Length; index++)
        {
            if (label[index] != '_')
            {
                bytes.Add((byte)label[index]);
                continue;
            }
            var digits = label[(index + 1)..Math.Min(index + 3, label.Length)];
            if (
                digits.Length != 2
                || !byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped)
            )
            {
                return None;
            }
            bytes.Add(escaped);
            index += 2;
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
