using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Services;
using Dragoman.Engine;
using Dragoman.Engine.Contents;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.Agora.Rest.Services;

/// <summary><c>POST /user/{u}/moderation/report/message/{id}</c>: a user finds that a message should not be there; the app's server is told.</summary>
internal sealed class ReportMessage(ServiceCaller services, IEntryStore entries, ConversationAccess access, BodyReaders readers, ContentTexts texts)
    : AgoraEndpoint("POST", "/user/{u}/moderation/report/message/{id}", Access.Owner)
{
    private const int MaxReasonBytes = 512;
    private const int MaxType = 64;
    private static readonly AgoraError NotFound = AgoraErrors.IllegalArgument.With("report failed, get message by id failed");

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var address = call.App.Settings.Services.Report;
        if (address.Length == 0) return AgoraErrors.Forbidden.With("message report not open");
        var (type, reason) = (call.Body.Text("reportType") ?? "", call.Body.Text("reportReason") ?? "");
        if (type.Length is 0 or > MaxType) return AgoraErrors.IllegalArgument.With("reportType is invalid");
        if (Encoding.UTF8.GetByteCount(reason) > MaxReasonBytes) return AgoraErrors.IllegalArgument.With($"reportReason length must less than {MaxReasonBytes}");

        var user = call.UserIn("u");
        if (!long.TryParse(call.TextIn("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return NotFound;
        var entry = await entries.FindByIdAsync(call.App.Id, new MessageId(id), ct);
        if (entry is not { Channel: LogChannel.Timeline, Notice: null }) return NotFound;
        var seen = await access.RangeAsync(user, entry.Conversation, LogChannel.Timeline, ct);
        if (!seen.TryGet(out var range, out _) || entry.Sequence < range.First || entry.Sequence > range.Last) return NotFound;

        var answer = await services.CallAsync(call.App, address, new JsonObject
        {
            ["user"] = user.Value,
            ["messageId"] = id.ToString(CultureInfo.InvariantCulture),
            ["reportType"] = type,
            ["reportReason"] = reason,
            ["message"] = new JsonObject
            {
                ["from"] = entry.Sender.Value,
                ["to"] = Frames.Jids.ConferenceOf(entry.Conversation) ?? entry.Conversation.PeerOf(entry.Sender).Value,
                ["isGroup"] = Frames.Jids.ConferenceOf(entry.Conversation) is not null,
                ["timestamp"] = entry.SentAt,
                ["text"] = texts.Of(call.App.Id, readers.Read(entry)),
            },
        }, ct);
        return answer.IsDone ? new AgoraReply { Data = new JsonObject { ["result"] = true } } : AgoraErrors.Internal.With("report failed");
    }
}
