using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Topics;

/// <summary>Puts members out of a thread; they stay members of the group, and may come back.</summary>
public sealed class RemoveFromTopic(LeaveTopic leave)
{
    /// <returns>What became of each; or TopicNotFound, GroupDisabled, NotGroupMember and NotGroupManager (the caller), NotInTopic (none of them is).</returns>
    public ValueTask<Result<Batch<TopicRoster>>> RunAsync(Caller caller, IReadOnlyList<UserId> users, TopicId id, CancellationToken ct) =>
        leave.GoAsync(caller, users, id, TopicPassage.Removed, ct);
}
