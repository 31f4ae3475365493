using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Google.Protobuf;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices.Rooms;

/// <summary>The vendor's events of chat rooms (section 9.3).</summary>
internal static class MucEvents
{
    /// <param name="about">Whom it happened to; nobody is named when empty.</param>
    public static MUCBody Body(AgoraApp app, RoomId room, Operation operation, UserId from, UserId about = default)
    {
        var body = new MUCBody
        {
            MucId = Jids.Group(app.Key, room.Value),
            Operation = operation,
            From = new JID { Name = NameOf(from) },
            IsChatroom = true,
        };
        if (!about.IsEmpty) body.To.Add(new JID { Name = about.Value });
        return body;
    }

    public static Meta Of(AgoraApp app, Entry entry, RoomNotice notice, MUCBody body) =>
        Wrap(app, entry.Id.Value, new UserId(body.From.Name), notice.Room, entry.SentAt, body);

    /// <summary>The same event for each of several people: every version of the clients understands it so.</summary>
    public static Rendering ForEach(AgoraApp app, Entry entry, RoomNotice notice, IReadOnlyList<UserId> users, MessageIds ids, Func<UserId, MUCBody> body)
    {
        var metas = new Meta[users.Count];
        for (var i = 0; i < metas.Length; i++)
        {
            metas[i] = Of(app, entry, notice, body(users[i]));
            if (i > 0) metas[i].Id = (ulong)ids.Next().Value; // a client drops the second meta with an id that it knows
        }

        return metas.Length == 0 ? default : new Rendering(metas[0]) { More = metas[1..] };
    }

    public static Meta Wrap(AgoraApp app, long id, UserId from, RoomId room, long at, MUCBody body) => new()
    {
        Id = (ulong)id,
        From = Jids.User(app.Key, from.Value),
        To = Jids.Group(app.Key, room.Value),
        Timestamp = (ulong)at,
        Ns = Meta.Types.NameSpace.Muc,
        Payload = body.ToByteString(),
    };

    /// <summary>The app itself is called as clients call it.</summary>
    private static string NameOf(UserId user) => user.IsEmpty ? "admin" : user.Value;
}
