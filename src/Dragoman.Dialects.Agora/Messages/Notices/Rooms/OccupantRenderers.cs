using System.Globalization;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices.Rooms;

internal sealed class OccupantsMutedRenderer(MessageIds ids) : NoticeRenderer<OccupantsMuted>
{
    protected override Rendering Render(AgoraApp app, Entry entry, OccupantsMuted notice)
    {
        var until = Math.Min(notice.Until, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        return MucEvents.ForEach(app, entry, notice, notice.Users, ids, user =>
        {
            var body = MucEvents.Body(app, notice.Room, until > 0 ? Operation.AddMute : Operation.RemoveMute, notice.Operator, user);
            if (until > 0) body.Ext = string.Create(CultureInfo.InvariantCulture, $"{{\"user_mute_time\":{until}}}");
            return body;
        });
    }
}

internal sealed class OccupantsAllowedRenderer(MessageIds ids) : NoticeRenderer<OccupantsAllowed>
{
    protected override Rendering Render(AgoraApp app, Entry entry, OccupantsAllowed notice)
    {
        var operation = notice.IsAllowed ? Operation.AddUserWhiteList : Operation.RemoveUserWhiteList;
        return MucEvents.ForEach(app, entry, notice, notice.Users, ids, user => MucEvents.Body(app, notice.Room, operation, notice.Operator, user));
    }
}

/// <summary>Told to those who were brought in; the others hear that they came.</summary>
internal sealed class OccupantsBroughtRenderer : NoticeRenderer<OccupantsBrought>
{
    protected override Rendering Render(AgoraApp app, Entry entry, OccupantsBrought notice)
    {
        var body = MucEvents.Body(app, notice.Room, Operation.DirectJoined, notice.Operator);
        body.MucName = notice.Name;
        return new(MucEvents.Of(app, entry, notice, body));
    }
}

/// <summary>Told to those who were put out; the others hear that they went.</summary>
internal sealed class OccupantsRemovedRenderer : NoticeRenderer<OccupantsRemoved>
{
    protected override Rendering Render(AgoraApp app, Entry entry, OccupantsRemoved notice)
    {
        var apart = notice.Users.ToDictionary(
            user => user,
            user => (Protos.Meta?)MucEvents.Of(app, entry, notice, MucEvents.Body(app, notice.Room, Operation.Kick, notice.Operator, user)));
        return new(null, apart);
    }
}
