using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Topics;

/// <summary>A member walks out of a thread, and stays a member of the group.</summary>
public sealed class LeaveTopic(TopicDesk desk)
{
    /// <returns>The thread after it; or NotPermitted, TopicNotFound, GroupDisabled, NotGroupMember, NotInTopic.</returns>
    public async ValueTask<Result<TopicRoster>> RunAsync(Caller caller, UserId user, TopicId id, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        var left = await GoAsync(caller, [user], id, TopicPassage.Left, ct);
        return left.TryGet(out var batch, out var refusal) ? batch.Value : refusal;
    }

    internal async ValueTask<Result<Batch<TopicRoster>>> GoAsync(Caller caller, IReadOnlyList<UserId> users, TopicId id, TopicPassage passage, CancellationToken ct)
    {
        var found = await desk.FindAsync(caller.App, id, ct);
        if (!found.TryGet(out var place, out var refusal)) return refusal;

        using var turn = await desk.EnterAsync(caller.App, place.Group.Group.Id, ct);
        found = await desk.FindForAsync(caller, id, ct);
        if (!found.TryGet(out place, out refusal)) return refusal;
        if (passage == TopicPassage.Removed && GroupRights.WhyNot(caller, place.Group, GroupAction.RemoveFromTopics) is { } forbidden) return forbidden;

        var sorted = Batch.Sort(users, BatchMode.EachAlone, user => place.Topic.Contains(user) ? null : new(Condition.NotInTopic, user.Value));
        if (!sorted.TryGet(out var items, out refusal)) return refusal;

        UserId[] gone = [.. items.Where(item => item.IsDone).Select(item => item.Subject)];
        if (gone.Length == 0) return new Batch<TopicRoster>(place.Topic, items);
        var topic = place.Topic.Topic;
        var after = place.Topic.Without(gone);
        var actor = passage == TopicPassage.Left ? gone[0] : caller.User;
        var failed = await desk.CommitAsync(
            caller, after, new TopicMembersChanged(topic, actor, gone, passage) { At = desk.Now }, new RemoveTopicMembers(caller.App, topic.Parent, id, gone));
        return failed is null ? new Batch<TopicRoster>(after, items) : failed;
    }
}
