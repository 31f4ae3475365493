using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Topics;

/// <summary>The app puts members of a group into one of its threads without asking them.</summary>
public sealed class BringIntoTopic(JoinTopic join)
{
    /// <summary>Whoever is in already is passed over.</summary>
    /// <returns>The thread after it; or NotPermitted, TopicNotFound, GroupDisabled, NotGroupMember (the first who is none), TopicJoinLimitReached.</returns>
    public async ValueTask<Result<TopicRoster>> RunAsync(Caller caller, IReadOnlyList<UserId> users, TopicId id, CancellationToken ct) =>
        caller.IsAdministrator ? await join.EnterAsync(caller, users, id, TopicPassage.Added, passesMembersOver: true, ct) : Condition.NotPermitted;
}
