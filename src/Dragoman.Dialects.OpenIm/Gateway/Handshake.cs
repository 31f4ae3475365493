using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Auth;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary>The parameters of a connection (section 7).</summary>
internal sealed record Handshake(string SendId, string Token, int Platform, string OperationId, bool IsBackground, bool IsMsgResp, WireFormat Format)
{
    private const int MaxParameter = 4096;

    /// <summary>Reads the query, or the single parameter <c>v</c> that carries the same as JSON.</summary>
    /// <returns>The parameters; or the vendor's 1602, or 500 for a flag that is no boolean.</returns>
    public static (Handshake? Parameters, OpenImError? Error) Read(HttpRequest request)
    {
        var packed = request.Query["v"].ToString();
        if (packed.Length > 0) return Unpack(packed) is { } given ? Check(given) : (null, OpenImErrors.ConnArgs.With("v is invalid"));

        string Query(string name) => request.Query[name].ToString();
        var compression = Query("compression");
        if (compression.Length == 0) compression = request.Headers["compression"].ToString();
        return Check(new(
            Query("sendID"), Query("token"), Query("platformID"), Query("operationID"), Query("isBackground"), Query("isMsgResp"), compression, Query("sdkType")));
    }

    private static (Handshake?, OpenImError?) Check(Given given)
    {
        if (given.SendId.Length == 0) return Bad("sendID is empty");
        if (given.Token.Length == 0) return Bad("token is empty");
        if (given.SendId.Length > MaxParameter || given.Token.Length > MaxParameter || given.OperationId.Length > MaxParameter)
            return Bad("a parameter is too long");
        if (!int.TryParse(given.Platform, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var platform))
            return Bad("platformID is not int");
        if (!Platforms.IsKnown(platform)) return Bad("platformID is invalid");
        if (given.SdkType is not ("" or "go" or "js")) return Bad("sdkType is invalid");
        if (given.OperationId.Length == 0) return Bad("operationID is empty");
        if (GoBool(given.IsBackground) is not { } isBackground)
            return (null, OpenImErrors.Internal.With($"strconv.ParseBool: parsing \"{Printable(given.IsBackground)}\": invalid syntax"));

        var isMsgResp = false;
        if (given.IsMsgResp.Length > 0)
        {
            if (GoBool(given.IsMsgResp) is not { } asked) return Bad("isMsgResp is not bool");
            isMsgResp = asked;
        }

        var isGzip = string.Equals(given.Compression, "gzip", StringComparison.Ordinal);
        return (new(given.SendId, given.Token, platform, given.OperationId, isBackground, isMsgResp, new(given.SdkType == "js", isGzip)), null);
    }

    private static (Handshake?, OpenImError?) Bad(string detail) => (null, OpenImErrors.ConnArgs.With(detail));

    /// <summary>The spellings that Go's <c>strconv.ParseBool</c> takes.</summary>
    private static bool? GoBool(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    private static string Printable(string text) => text.Length <= 32 ? text : text[..32];

    private static Given? Unpack(string packed)
    {
        if (packed.Length > MaxParameter * 2) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(packed.Length)];
        try
        {
            if (!Base64Url.TryDecodeFromChars(packed, bytes, out var length)) return null;
            using var json = JsonDocument.Parse(bytes.AsMemory(0, length), new JsonDocumentOptions { MaxDepth = 4 });
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            return new(
                Text(root, "userID"),
                Text(root, "token"),
                Text(root, "platformID"),
                Text(root, "operationID"),
                Text(root, "background") is { Length: > 0 } background ? background : "false",
                Text(root, "sendResponse"),
                Text(root, "compression"),
                Text(root, "sdkType"));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException) // the last: half a surrogate pair, escaped
        {
            return null;
        }
    }

    private static string Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value)) return "";
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? "",
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "",
        };
    }

    private sealed record Given(
        string SendId, string Token, string Platform, string OperationId, string IsBackground, string IsMsgResp, string Compression, string SdkType);
}
