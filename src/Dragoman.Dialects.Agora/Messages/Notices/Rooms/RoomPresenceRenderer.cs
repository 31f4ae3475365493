using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices.Rooms;

/// <summary>Who came and went. Of a few each is told by himself; of many the newer clients are told together, the older ones only of one.</summary>
internal sealed class RoomPresenceRenderer(MessageIds ids) : NoticeRenderer<RoomPresence>
{
    /// <summary>More of them at once are a crowd.</summary>
    private const int Few = 5;

    protected override Rendering Render(AgoraApp app, Entry entry, RoomPresence notice)
    {
        var metas = notice.Entered.Count + notice.Left.Count <= Few ? OneByOne(app, entry, notice) : Together(app, entry, notice);
        if (metas.Count == 0) return default;

        for (var i = 1; i < metas.Count; i++) metas[i].Id = (ulong)ids.Next().Value; // a client drops the second meta with an id that it knows
        return new(metas[0], ApartOf(app, entry, notice)) { More = metas[1..] };
    }

    private static List<Meta> OneByOne(AgoraApp app, Entry entry, RoomPresence notice)
    {
        var metas = new List<Meta>(Few);
        foreach (var one in notice.Entered) metas.Add(MetaOf(app, entry, notice, Operation.Presence, one.User, one.Text));
        foreach (var user in notice.Left) metas.Add(MetaOf(app, entry, notice, Operation.Absence, user));
        return metas;
    }

    private static List<Meta> Together(AgoraApp app, Entry entry, RoomPresence notice)
    {
        var metas = new List<Meta>(2);
        if (notice.Entered.Count > 0) metas.Add(MetaOf(app, entry, notice, Operation.Presence, [.. notice.Entered.Select(one => one.User)]));
        if (notice.Left.Count > 0) metas.Add(MetaOf(app, entry, notice, Operation.Absence, notice.Left));
        return metas;
    }

    /// <summary>Nobody is told that he came in himself; where many did at once he learns of himself with the others.</summary>
    private static Dictionary<UserId, Meta?>? ApartOf(AgoraApp app, Entry entry, RoomPresence notice)
    {
        if (notice.Entered.Count is 0 or > Few) return null;

        var apart = new Dictionary<UserId, Meta?>();
        foreach (var one in notice.Entered)
        {
            UserId[] others = [.. notice.Entered.Select(other => other.User).Where(user => user != one.User)];
            apart[one.User] = others.Length > 0 ? MetaOf(app, entry, notice, Operation.Presence, others)
                : notice.Left.Count > 0 ? MetaOf(app, entry, notice, Operation.Absence, notice.Left)
                : null;
        }

        return apart;
    }

    private static Meta MetaOf(AgoraApp app, Entry entry, RoomPresence notice, Operation operation, UserId user, string text = "")
    {
        var body = MucEvents.Body(app, notice.Room, operation, user, user);
        body.MucMemberCount = notice.Count;
        if (text.Length > 0) body.Ext = text;
        return MucEvents.Of(app, entry, notice, body);
    }

    private static Meta MetaOf(AgoraApp app, Entry entry, RoomPresence notice, Operation operation, IReadOnlyList<UserId> users)
    {
        var body = MucEvents.Body(app, notice.Room, operation, users[0], users[0]);
        body.MucMemberCount = notice.Count;
        if (users.Count > 1) body.Members.AddRange(users.Select(user => user.Value));
        return MucEvents.Of(app, entry, notice, body);
    }
}
