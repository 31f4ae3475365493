using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Google.Protobuf;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>Makes events of groups (section 9.3).</summary>
internal static class Mucs
{
    /// <summary>Who did it; what the app itself does, it does in the owner's name.</summary>
    public static UserId ActorOf(GroupNotice notice) => notice.Operator.Id == AgoraId.TheApp ? notice.Group.Group.Owner : notice.Operator.Id;

    /// <summary>Whether the entry is the copy that waits: what is said live besides is for dialects without queues.</summary>
    public static bool IsWaiting(Entry entry) => entry.Conversation.Kind == ConversationKind.Inbox;

    public static MUCBody Body(AgoraApp app, GroupNotice notice, Operation operation, UserId from, params IEnumerable<UserId> to)
    {
        var body = new MUCBody
        {
            MucId = Jids.Group(app.Key, notice.Group.Group.Id.Value),
            Operation = operation,
            From = Jids.User(app, from.Value),
            IsChatroom = false,
        };
        body.To.AddRange(to.Select(user => Jids.User(app, user.Value)));
        return body;
    }

    public static Meta Meta(AgoraApp app, Entry entry, MUCBody body) =>
        Metas.Of(app, entry, new UserId(body.From.Name), Protos.Meta.Types.NameSpace.Muc, body.ToByteString());

    public static Meta Meta(AgoraApp app, Entry entry, GroupNotice notice, Operation operation, UserId from, params IEnumerable<UserId> to) =>
        Meta(app, entry, Body(app, notice, operation, from, to));

    /// <summary>Somebody came or went, as the others see it.</summary>
    /// <remarks>Older clients look at one name, newer ones at all of them.</remarks>
    public static Meta Presence(AgoraApp app, Entry entry, GroupNotice notice, Operation operation, IReadOnlyList<UserId> users)
    {
        var body = Body(app, notice, operation, users[0]);
        body.MucMemberCount = notice.Group.MemberCount;
        if (users.Count > 1) body.Members.AddRange(users.Select(user => user.Value));
        return Meta(app, entry, body);
    }
}
