using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Topics;

/// <summary>A member of a group comes into one of its threads, by himself or by speaking.</summary>
public sealed class JoinTopic(TopicDesk desk, ITopicStore store, TopicLimits limits)
{
    /// <returns>The thread after it; or NotPermitted, TopicNotFound, GroupDisabled, NotGroupMember, AlreadyInTopic, TopicJoinLimitReached.</returns>
    public async ValueTask<Result<TopicRoster>> RunAsync(Caller caller, UserId user, TopicId id, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        return await EnterAsync(caller, [user], id, TopicPassage.Joined, passesMembersOver: false, ct);
    }

    /// <summary>Who speaks is in from then on.</summary>
    internal ValueTask<Result<TopicRoster>> SpeakAsync(Caller caller, UserId user, TopicId id, CancellationToken ct) =>
        EnterAsync(caller, [user], id, TopicPassage.Joined, passesMembersOver: true, ct);

    /// <param name="passesMembersOver">Who is in already is no fault.</param>
    internal async ValueTask<Result<TopicRoster>> EnterAsync(
        Caller caller, IReadOnlyList<UserId> users, TopicId id, TopicPassage passage, bool passesMembersOver, CancellationToken ct)
    {
        var found = await desk.FindAsync(caller.App, id, ct);
        if (!found.TryGet(out var place, out var refusal)) return refusal;

        using var turn = await desk.EnterAsync(caller.App, place.Group.Group.Id, ct);
        found = await desk.FindAsync(caller.App, id, ct);
        if (!found.TryGet(out place, out refusal)) return refusal;

        var newcomers = new List<UserId>();
        foreach (var user in users.Distinct())
        {
            if (place.Group.Find(user) is null) return new Refusal(Condition.NotGroupMember, user.Value);
            if (!place.Topic.Contains(user)) newcomers.Add(user);
            else if (!passesMembersOver) return new Refusal(Condition.AlreadyInTopic, user.Value);
        }

        var most = GroupQuota.Bound(caller.GroupQuota?.TopicsPerUser ?? 0, limits.MaxPerUser);
        foreach (var user in newcomers)
        {
            if (await store.CountJoinedAsync(caller.App, user, ct) >= most) return new Refusal(Condition.TopicJoinLimitReached, user.Value);
        }

        if (newcomers.Count == 0) return place.Topic;

        var (topic, now) = (place.Topic.Topic, desk.Now);
        var after = place.Topic.With(newcomers, now);
        var actor = passage == TopicPassage.Joined ? newcomers[0] : caller.User;
        var failed = await desk.CommitAsync(
            caller, after, new TopicMembersChanged(topic, actor, newcomers, passage) { At = now }, new AddTopicMembers(caller.App, topic.Parent, id, newcomers, now));
        return failed is null ? after : failed;
    }
}
