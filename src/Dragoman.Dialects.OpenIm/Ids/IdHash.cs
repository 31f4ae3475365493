using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dragoman.Dialects.OpenIm.Ids;

/// <summary>The vendor's fingerprint of a list of ids (section 11).</summary>
internal static class IdHash
{
    /// <summary>The first 8 bytes of the MD5 of the list as Go prints it in JSON; 0 for an empty list.</summary>
    public static ulong Of(IReadOnlyCollection<string> ids)
    {
        if (ids.Count == 0) return 0;

        var json = new StringBuilder("[");
        foreach (var id in ids)
        {
            if (json.Length > 1) json.Append(',');
            AppendQuoted(json, id);
        }

        json.Append(']');
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // The vendor's fingerprint; nothing is protected by it.
        MD5.HashData(Encoding.UTF8.GetBytes(json.ToString()), hash);
#pragma warning restore CA5351
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private static void AppendQuoted(StringBuilder json, string id)
    {
        json.Append('"');
        foreach (var c in id)
        {
            switch (c)
            {
                case '"' or '\\':
                    json.Append('\\').Append(c);
                    break;
                case '<' or '>' or '&' or '\u2028' or '\u2029' or < ' ':
                    json.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
                    break;
                default:
                    json.Append(c);
                    break;
            }
        }

        json.Append('"');
    }
}
