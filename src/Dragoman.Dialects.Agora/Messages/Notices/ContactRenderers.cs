using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Google.Protobuf;
using Operation = Dragoman.Dialects.Agora.Protos.RosterBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>Events of contacts (section 9.4).</summary>
internal static class ContactEvents
{
    /// <param name="from">Whom the event is about, for the one who is told.</param>
    /// <param name="to">Who is told.</param>
    public static Meta Meta(AgoraApp app, Entry entry, Operation operation, UserId from, UserId to, string reason = "")
    {
        var body = new RosterBody { Operation = operation, From = new JID { Name = from.Value }, To = { new JID { Name = to.Value } } };
        if (reason.Length > 0) body.Reason = reason;
        return Metas.Of(app, entry, from, Protos.Meta.Types.NameSpace.Roster, body.ToByteString());
    }

    /// <summary>These notices are said live, too, to whoever has no queues.</summary>
    public static bool IsWaiting(Entry entry) => entry.Conversation.Kind == ConversationKind.Inbox;
}

/// <summary>Somebody was asked.</summary>
internal sealed class ContactInvitedRenderer : NoticeRenderer<FriendRequested>
{
    protected override Rendering Render(AgoraApp app, Entry entry, FriendRequested notice) => ContactEvents.IsWaiting(entry)
        ? new(ContactEvents.Meta(app, entry, Operation.Add, notice.Request.From, notice.Request.To, notice.Request.Message))
        : default;
}

/// <summary>Who asked hears that the other one has agreed, and the other one's devices that they have a contact.</summary>
internal sealed class ContactAgreedRenderer : NoticeRenderer<FriendRequestAccepted>
{
    protected override Rendering Render(AgoraApp app, Entry entry, FriendRequestAccepted notice)
    {
        var (from, to) = (notice.Request.From, notice.Request.To);
        return new(Usual: null, new Dictionary<UserId, Meta?>
        {
            [from] = ContactEvents.Meta(app, entry, Operation.RemoteAccept, to, from, notice.Request.Answer),
            [to] = ContactEvents.Meta(app, entry, Operation.Accept, from, to),
        });
    }
}

internal sealed class ContactRefusedRenderer : NoticeRenderer<FriendRequestRefused>
{
    protected override Rendering Render(AgoraApp app, Entry entry, FriendRequestRefused notice) => ContactEvents.IsWaiting(entry)
        ? new(ContactEvents.Meta(app, entry, Operation.RemoteDecline, notice.Request.To, notice.Request.From, notice.Request.Answer))
        : default;
}

/// <summary>The app made two people contacts.</summary>
internal sealed class ContactAddedRenderer : NoticeRenderer<FriendAdded>
{
    protected override Rendering Render(AgoraApp app, Entry entry, FriendAdded notice) => new(Usual: null, new Dictionary<UserId, Meta?>
    {
        [notice.Owner] = ContactEvents.Meta(app, entry, Operation.Accept, notice.Friend, notice.Owner),
        [notice.Friend] = ContactEvents.Meta(app, entry, Operation.Accept, notice.Owner, notice.Friend),
    });
}

/// <summary>Each of the two is told by a notice of his own.</summary>
internal sealed class ContactDeletedRenderer : NoticeRenderer<FriendRemoved>
{
    protected override Rendering Render(AgoraApp app, Entry entry, FriendRemoved notice) => ContactEvents.IsWaiting(entry)
        ? new(ContactEvents.Meta(app, entry, Operation.Remove, notice.Friend, notice.Owner))
        : default;
}
