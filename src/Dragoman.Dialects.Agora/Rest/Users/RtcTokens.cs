using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary><c>GET /users/{u}/token/rtc?channelName=</c>: a token for the vendor's calls, under the number of the account.</summary>
internal sealed class GetRtcToken(AccountDirectory accounts, TimeProvider clock) : AgoraEndpoint("GET", "/users/{u}/token/rtc", Access.Owner)
{
    private const uint Seconds = 24 * 3600;
    private const int MaxChannelBytes = 64;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var options = call.App.Options;
        if (options.AppCertificate.Length == 0) return AgoraErrors.Forbidden.With("rtc service not open!");
        var channel = call.Query("channelName") ?? "*";
        if (Encoding.UTF8.GetByteCount(channel) > MaxChannelBytes) return AgoraErrors.IllegalArgument.With("channelName is too long");
        if (await accounts.FindAsync(call.App.Id, call.UserIn("u"), ct) is not { } account) return AgoraErrors.UserNotFound;
        if (account.Number > uint.MaxValue) return AgoraErrors.Forbidden.With("rtc service not open!"); // the vendor's numbers have 32 bits

        var uid = account.Number.ToString(CultureInfo.InvariantCulture);
        return new()
        {
            Beside = new JsonObject
            {
                ["app_id"] = options.AppId,
                ["rtc_token"] = RtcToken.Make(options.AppId, options.AppCertificate, clock.GetUtcNow(), Seconds, channel, uid),
                ["channel_name"] = channel,
                ["rtcUid"] = account.Number,
                ["expires_in"] = Seconds,
            },
        };
    }
}

/// <summary><c>POST /rtc_mapper/batch/get</c>: whose numbers these are; unknown ones are left out.</summary>
internal sealed class MapRtcNumbers(IAccountStore store) : AgoraEndpoint("POST", "/rtc_mapper/batch/get", Access.Users)
{
    private const int MaxBatch = 100;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.ValueKind != JsonValueKind.Object || !call.Body.TryGetProperty("data", out var list) || list.ValueKind != JsonValueKind.Array)
            return AgoraErrors.InvalidBody;
        if (list.GetArrayLength() > MaxBatch) return AgoraErrors.IllegalArgument.With($"request body exceeds maximum limit, maximum limit is {MaxBatch}");

        var data = new JsonObject();
        foreach (var item in list.EnumerateArray())
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText();
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) continue;
            if (await store.FindByNumberAsync(call.App.Id, number, ct) is { } account) data[text] = account.Id.Value;
        }

        return new() { Data = data };
    }
}
