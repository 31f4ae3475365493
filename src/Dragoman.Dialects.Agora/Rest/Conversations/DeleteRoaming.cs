using System.Globalization;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.Agora.Rest.Conversations;

/// <summary>Takes single messages out of the user's own sight.</summary>
internal sealed class DeleteRoaming(RemoveFromSight remove, IEntryStore entries, Conferences conferences) : AgoraEndpoint("DELETE", "/sdk/message/roaming/{kind}/user/{u}", Access.Owner)
{
    private const int MaxMessages = 20;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (ConversationIn(call) is not { } named) return AgoraErrors.InvalidParameter;
        var conversation = await conferences.FindAsync(named, ct);
        var ids = (call.Query("msgIdList") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.Length is 0 or > MaxMessages) return AgoraErrors.InvalidParameter.With("msgIdList is invalid");

        var sequences = new List<long>(ids.Length);
        foreach (var text in ids)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return AgoraErrors.InvalidParameter.With("msgIdList is invalid");
            if (await entries.FindByIdAsync(call.App.Id, new(id), ct) is { Channel: LogChannel.Timeline } entry && entry.Conversation == conversation) sequences.Add(entry.Sequence);
        }

        if (sequences.Count == 0) return AgoraReply.Empty;
        var done = await remove.HideAsync(call.Caller, call.UserIn("u"), conversation, sequences, tellDevices: true, ct);
        return done.TryGet(out _, out var refusal) || refusal.Condition == Condition.ConversationNotFound ? AgoraReply.Empty : refusal;
    }

    /// <summary><c>chat</c> with a <c>userId</c>, or <c>group</c> with a <c>groupId</c>.</summary>
    public static ConversationKey? ConversationIn(AgoraCall call)
    {
        var isGroup = call.TextIn("kind") == "group";
        return Channels.TryRead(call.App.Id, call.UserIn("u"), isGroup ? "groupchat" : call.TextIn("kind"), call.Query(isGroup ? "groupId" : "userId"), out var conversation)
            ? conversation
            : null;
    }
}

/// <summary>The same for everything from before a time.</summary>
internal sealed class DeleteRoamingByTime(ClearConversations clear, Conferences conferences) : AgoraEndpoint("DELETE", "/sdk/message/roaming/{kind}/user/{u}/time", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (DeleteRoaming.ConversationIn(call) is not { } named) return AgoraErrors.InvalidParameter;
        var conversation = await conferences.FindAsync(named, ct);
        if (!long.TryParse(call.Query("delTime"), NumberStyles.None, CultureInfo.InvariantCulture, out var before)) return AgoraErrors.InvalidParameter.With("delTime is invalid");

        var done = await clear.RunAsync(call.Caller, call.UserIn("u"), [conversation], tellDevices: true, forEverybody: false, ct, before);
        return done.TryGet(out _, out var refusal) ? AgoraReply.Empty : refusal;
    }
}
