using Dragoman.Dialects.Agora.Apps;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices.Rooms;

internal sealed class RoomDismissedRenderer : NoticeRenderer<RoomDismissed>
{
    protected override Rendering Render(AgoraApp app, Entry entry, RoomDismissed notice) =>
        new(MucEvents.Of(app, entry, notice, MucEvents.Body(app, notice.Room, Operation.Destroy, notice.Operator)));
}

/// <summary>An announcement is an event of its own, and all else is one.</summary>
internal sealed class RoomUpdatedRenderer : NoticeRenderer<RoomUpdated>
{
    protected override Rendering Render(AgoraApp app, Entry entry, RoomUpdated notice)
    {
        if (notice.Fields != RoomFields.Announcement)
            return new(MucEvents.Of(app, entry, notice, MucEvents.Body(app, notice.Room, Operation.Update, notice.Operator)));

        var text = notice.After.Announcement;
        var body = MucEvents.Body(app, notice.Room, text.Length > 0 ? Operation.UpdateAnnouncement : Operation.DeleteAnnouncement, notice.Operator);
        if (text.Length > 0) body.Reason = text;
        return new(MucEvents.Of(app, entry, notice, body));
    }
}

internal sealed class RoomTransferredRenderer : NoticeRenderer<RoomTransferred>
{
    protected override Rendering Render(AgoraApp app, Entry entry, RoomTransferred notice) =>
        new(MucEvents.Of(app, entry, notice, MucEvents.Body(app, notice.Room, Operation.AssignOwner, notice.OldOwner, notice.NewOwner)));
}

internal sealed class RoomManagerRenderer : NoticeRenderer<RoomManagerChanged>
{
    protected override Rendering Render(AgoraApp app, Entry entry, RoomManagerChanged notice)
    {
        var operation = notice.IsManager ? Operation.AddAdmin : Operation.RemoveAdmin;
        return new(MucEvents.Of(app, entry, notice, MucEvents.Body(app, notice.Room, operation, notice.Operator, notice.User)));
    }
}

internal sealed class RoomMutedRenderer : NoticeRenderer<RoomMuted>
{
    protected override Rendering Render(AgoraApp app, Entry entry, RoomMuted notice)
    {
        var operation = notice.Until > 0 ? Operation.BanGroup : Operation.RemoveBanGroup;
        return new(MucEvents.Of(app, entry, notice, MucEvents.Body(app, notice.Room, operation, notice.Operator)));
    }
}
