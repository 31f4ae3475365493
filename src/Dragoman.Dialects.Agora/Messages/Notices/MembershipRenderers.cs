using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>The founder's other devices hear that there is a group, its first members that they are in it.</summary>
internal sealed class GroupCreatedRenderer : NoticeRenderer<GroupCreated>
{
    protected override Rendering Render(AgoraApp app, Entry entry, GroupCreated notice)
    {
        var group = notice.Group.Group;
        var body = Mucs.Body(app, notice, Operation.DirectJoined, Mucs.ActorOf(notice));
        body.MucName = group.Name;
        var founder = Mucs.Meta(app, entry, notice, Operation.Create, group.Owner);
        return new(Mucs.Meta(app, entry, body), new Dictionary<UserId, Meta?> { [group.Owner] = founder });
    }
}

/// <summary>Who was brought in hears so, the others that somebody came.</summary>
internal sealed class MembersInvitedRenderer : NoticeRenderer<MembersInvited>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MembersInvited notice)
    {
        UserId[] newcomers = [.. notice.Members.Select(member => member.Id)];
        var inviter = notice.Inviter.Id == AgoraId.TheApp ? notice.Group.Group.Owner : notice.Inviter.Id;
        var body = Mucs.Body(app, notice, Operation.DirectJoined, inviter, newcomers);
        body.MucName = notice.Group.Group.Name;
        var joined = Mucs.Meta(app, entry, body);
        return new(Mucs.Presence(app, entry, notice, Operation.Presence, newcomers), newcomers.ToDictionary(user => user, _ => (Meta?)joined));
    }
}

/// <summary>The newcomer knows; that he was let in, where he was, he is told apart.</summary>
internal sealed class MemberEnteredRenderer : NoticeRenderer<MemberEntered>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MemberEntered notice) => new(
        Mucs.Presence(app, entry, notice, Operation.Presence, [notice.Operator.Id]), new Dictionary<UserId, Meta?> { [notice.Operator.Id] = null });
}

internal sealed class MemberLeftRenderer : NoticeRenderer<MemberLeft>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MemberLeft notice) => new(
        Mucs.Presence(app, entry, notice, Operation.Absence, [notice.Operator.Id]), new Dictionary<UserId, Meta?> { [notice.Operator.Id] = null });
}

/// <summary>Who was removed hears so, the others that somebody went.</summary>
internal sealed class MembersRemovedRenderer : NoticeRenderer<MembersRemoved>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MembersRemoved notice)
    {
        UserId[] gone = [.. notice.Members.Select(member => member.Id)];
        var body = Mucs.Body(app, notice, Operation.Kick, Mucs.ActorOf(notice), gone);
        if (notice.Reason.Length > 0) body.Reason = notice.Reason;
        var removed = Mucs.Meta(app, entry, body);
        return new(Mucs.Presence(app, entry, notice, Operation.Absence, gone), gone.ToDictionary(user => user, _ => (Meta?)removed));
    }
}

internal sealed class GroupDismissedRenderer : NoticeRenderer<GroupDismissed>
{
    protected override Rendering Render(AgoraApp app, Entry entry, GroupDismissed notice)
    {
        var body = Mucs.Body(app, notice, Operation.Destroy, Mucs.ActorOf(notice));
        body.MucName = notice.Group.Group.Name;
        return new(Mucs.Meta(app, entry, body));
    }
}

/// <summary>Told to who was shut out: he may come back.</summary>
internal sealed class MemberUnbannedRenderer : NoticeRenderer<MemberUnbanned>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MemberUnbanned notice) =>
        new(Mucs.Meta(app, entry, notice, Operation.Allow, Mucs.ActorOf(notice), notice.User.Id));
}
