using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Topics;

namespace Dragoman.Dialects.Agora.Conversations;

/// <summary>What clients name like a group may be a thread: both are conferences, and their ids look alike.</summary>
internal sealed class Conferences(RosterDirectory rosters, TopicDirectory topics)
{
    /// <returns>The thread's conversation where the name is a thread's; else what was handed in.</returns>
    public async ValueTask<ConversationKey> FindAsync(ConversationKey named, CancellationToken ct)
    {
        if (named.Kind != ConversationKind.Group || await rosters.FindAsync(named.App, named.GroupId, ct) is not null) return named;
        return await topics.FindAsync(named.App, new(named.A), ct) is { } topic ? topic.Topic.Conversation : named;
    }
}
