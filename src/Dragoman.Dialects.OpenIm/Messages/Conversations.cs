using System.Text.Json;
using System.Text.Json.Serialization;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>What only this vendor keeps about a user's conversation; stored as the engine's opaque settings text.</summary>
/// <remarks><c>set</c> and not <c>init</c>: an initializer has to hold for members that an older row does not have.</remarks>
internal sealed record VendorConversationSettings
{
    public string AttachedInfo { get; set; } = "";
    public bool IsPrivateChat { get; set; }
    public int BurnDuration { get; set; }
    public long MsgDestructTime { get; set; }
    public bool IsMsgDestruct { get; set; }

    public static VendorConversationSettings Read(string json) =>
        json.Length == 0 ? new() : JsonSerializer.Deserialize(json, VendorConversationJson.Default.VendorConversationSettings) ?? new();

    public string Write() => JsonSerializer.Serialize(this, VendorConversationJson.Default.VendorConversationSettings);
}

[JsonSerializable(typeof(VendorConversationSettings))]
internal sealed partial class VendorConversationJson : JsonSerializerContext;

/// <summary>Conversations in the vendor's words.</summary>
internal static class Conversations
{
    public const int SingleChat = 1;
    public const int GroupChat = 3;
    public const int SystemChat = 4;

    /// <summary>Whether the vendor shows it as a conversation at all: an inbox is only a channel.</summary>
    public static bool IsShown(ConversationKey key) => key.Kind is ConversationKind.Direct or ConversationKind.Group or ConversationKind.Announcement;

    public static Conversation Of(UserConversation state)
    {
        var (key, own) = (state.Conversation, VendorConversationSettings.Read(state.Settings));
        return new()
        {
            OwnerUserID = state.User.Value,
            ConversationID = ConversationIds.Of(key),
            RecvMsgOpt = UserInfos.OptionOf(state.Receive),
            ConversationType = TypeOf(key),
            UserID = key.Kind == ConversationKind.Group ? "" : key.PeerOf(state.User).Value,
            GroupID = key.Kind == ConversationKind.Group ? key.A : "",
            IsPinned = state.IsPinned,
            AttachedInfo = own.AttachedInfo,
            IsPrivateChat = own.IsPrivateChat,
            GroupAtType = AtTypeOf(state.Mention),
            Ex = state.Extra,
            BurnDuration = own.BurnDuration,
            MinSeq = state.MinSequence <= 1 ? 0 : state.MinSequence,
            MaxSeq = state.MaxSequence,
            MsgDestructTime = own.MsgDestructTime,
            IsMsgDestruct = own.IsMsgDestruct,
        };
    }

    public static int TypeOf(ConversationKey key) => key.Kind switch
    {
        ConversationKind.Group => GroupChat,
        ConversationKind.Announcement => SystemChat,
        _ => SingleChat,
    };

    /// <summary>0 none, 1 @me, 2 @all, 3 @all and @me, 4 announcement.</summary>
    private static int AtTypeOf(MentionMark mark) => (mark & MentionMark.Announcement) != 0 ? 4 : (int)(mark & (MentionMark.Me | MentionMark.Everybody));

    public static MentionMark MarkOf(int groupAtType) => groupAtType switch
    {
        1 => MentionMark.Me,
        2 => MentionMark.Everybody,
        3 => MentionMark.Me | MentionMark.Everybody,
        4 => MentionMark.Announcement,
        _ => MentionMark.None,
    };
}
