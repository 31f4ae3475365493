using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices;

/// <summary>Who may answer is told that somebody wants in; the applicant himself knows.</summary>
internal sealed class GroupAppliedRenderer : NoticeRenderer<GroupApplied>
{
    protected override Rendering Render(AgoraApp app, Entry entry, GroupApplied notice)
    {
        var applicant = notice.Application.Applicant;
        if (!Mucs.IsWaiting(entry) || entry.Conversation.A == applicant.Value) return default;

        var body = Mucs.Body(app, notice, Operation.Apply, applicant, new UserId(entry.Conversation.A));
        body.Reason = notice.Application.Message;
        body.MucName = notice.Group.Group.Name;
        return new(Mucs.Meta(app, entry, body));
    }
}

/// <summary>The applicant is told how it ended.</summary>
internal sealed class ApplicationAnsweredRenderer : NoticeRenderer<ApplicationAnswered>
{
    protected override Rendering Render(AgoraApp app, Entry entry, ApplicationAnswered notice)
    {
        var applicant = notice.Application.Applicant;
        if (!Mucs.IsWaiting(entry) || entry.Conversation.A != applicant.Value) return default;

        var operation = notice.Application.State == ApplicationState.Accepted ? Operation.ApplyAccept : Operation.ApplyDecline;
        var body = Mucs.Body(app, notice, operation, Mucs.ActorOf(notice), applicant);
        if (notice.Application.Answer.Length > 0) body.Reason = notice.Application.Answer;
        body.MucName = notice.Group.Group.Name;
        return new(Mucs.Meta(app, entry, body));
    }
}

/// <summary>Who was invited is asked.</summary>
internal sealed class InvitationOfferedRenderer : NoticeRenderer<InvitationOffered>
{
    protected override Rendering Render(AgoraApp app, Entry entry, InvitationOffered notice)
    {
        var body = Mucs.Body(app, notice, Operation.Invite, Mucs.ActorOf(notice), notice.Application.Applicant);
        if (notice.Application.Message.Length > 0) body.Reason = notice.Application.Message;
        body.MucName = notice.Group.Group.Name;
        return new(Mucs.Meta(app, entry, body));
    }
}

/// <summary>Who invited is told what the other one said.</summary>
internal sealed class InvitationAnsweredRenderer : NoticeRenderer<InvitationAnswered>
{
    protected override Rendering Render(AgoraApp app, Entry entry, InvitationAnswered notice)
    {
        var application = notice.Application;
        var operation = application.State == ApplicationState.Accepted ? Operation.InviteAccept : Operation.InviteDecline;
        var body = Mucs.Body(app, notice, operation, application.Applicant, new UserId(application.Inviter));
        if (application.Answer.Length > 0) body.Reason = application.Answer;
        body.MucName = notice.Group.Group.Name;
        return new(Mucs.Meta(app, entry, body));
    }
}
