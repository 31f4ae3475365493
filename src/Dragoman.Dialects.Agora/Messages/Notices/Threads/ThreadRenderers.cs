using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices.Threads;

internal sealed class TopicCreatedRenderer : NoticeRenderer<TopicCreated>
{
    protected override Rendering Render(AgoraApp app, Entry entry, TopicCreated notice) => ThreadEvents.Tell(app, entry, notice, "create", Operation.ThreadCreate);
}

internal sealed class TopicUpdatedRenderer : NoticeRenderer<TopicUpdated>
{
    protected override Rendering Render(AgoraApp app, Entry entry, TopicUpdated notice) => ThreadEvents.Tell(app, entry, notice, "update", Operation.ThreadUpdate);
}

internal sealed class TopicDismissedRenderer : NoticeRenderer<TopicDismissed>
{
    protected override Rendering Render(AgoraApp app, Entry entry, TopicDismissed notice) => ThreadEvents.Tell(app, entry, notice, "delete", Operation.ThreadDestroy);
}

internal sealed class TopicMovedRenderer(MessageBodies bodies) : NoticeRenderer<TopicMoved>
{
    protected override Rendering Render(AgoraApp app, Entry entry, TopicMoved notice) =>
        new(ThreadEvents.Notify(app, entry, notice, "update_msg", ThreadJson.LastOf(app, notice.Last, bodies)));
}

/// <summary>Somebody came or went: his own devices learn of it, and nobody else.</summary>
internal sealed class TopicMembersRenderer : NoticeRenderer<TopicMembersChanged>
{
    protected override Rendering Render(AgoraApp app, Entry entry, TopicMembersChanged notice)
    {
        var operation = notice.Passage switch
        {
            TopicPassage.Left => Operation.ThreadLeave,
            TopicPassage.Removed => Operation.ThreadKick,
            _ => Operation.ThreadJoin,
        };
        return new(ThreadEvents.Muc(app, entry, notice, operation, notice.Users));
    }
}
