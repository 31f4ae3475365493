using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Topics;

/// <summary>A living topic in its living group.</summary>
internal readonly record struct TopicPlace(TopicRoster Topic, Roster Group);

/// <summary>What all changes of topics share: one at a time in a group, on disk first, then in memory, then told.</summary>
public sealed class TopicDesk(
    TopicDirectory topics, RosterDirectory rosters, UserConversations conversations, ConversationHeads heads, LogWriter journal, OnlineNews news, KeyedGate gate,
    TimeProvider clock)
{
    internal long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The gate of the group itself: nobody joins one of its topics while he is leaving it.</summary>
    internal ValueTask<KeyedGate.Holder> EnterAsync(AppId app, GroupId group, CancellationToken ct) => gate.EnterAsync((app, group), ct);

    /// <returns>The topic; or TopicNotFound, GroupDisabled.</returns>
    internal async ValueTask<Result<TopicPlace>> FindAsync(AppId app, TopicId id, CancellationToken ct)
    {
        if (await topics.FindAsync(app, id, ct) is not { } topic) return new Refusal(Condition.TopicNotFound, id.Value);
        if (await rosters.FindAsync(app, topic.Topic.Parent, ct) is not { Group.IsDismissed: false } group) return new Refusal(Condition.TopicNotFound, id.Value);
        return group.Group.IsDisabled ? new Refusal(Condition.GroupDisabled, group.Group.Id.Value) : new TopicPlace(topic, group);
    }

    /// <summary>For what only members of the group may see, and the app.</summary>
    /// <returns>The topic; or TopicNotFound, GroupDisabled, NotGroupMember.</returns>
    internal async ValueTask<Result<TopicPlace>> FindForAsync(Caller caller, TopicId id, CancellationToken ct)
    {
        var found = await FindAsync(caller.App, id, ct);
        if (!found.TryGet(out var place, out var refusal)) return refusal;
        return caller.IsAdministrator || place.Group.Find(caller.User) is not null ? place : new Refusal(Condition.NotGroupMember, caller.User.Value);
    }

    /// <summary>Messages that were not taken back.</summary>
    internal async ValueTask<long> CountAsync(Topic topic, CancellationToken ct) =>
        Math.Max(0, (await heads.EndsAsync(topic.Conversation, ct)).Timeline - topic.Withdrawn);

    /// <summary>Writes a change that the whole group learns of, now or when it comes back.</summary>
    /// <param name="after">Null when the topic has ended.</param>
    /// <param name="touched">Whose lists of conversations the changes touch.</param>
    internal async ValueTask<Refusal?> CommitAsync(
        Caller caller, Roster group, TopicRoster? after, IReadOnlyList<UserId> touched, TopicNotice notice, params StoreChange[] changes)
    {
        var told = NoticeEntry.Make(
            caller.Operation, ConversationKey.Group(caller.App, notice.Topic.Parent), LogChannel.Changes, notice.Operator, new Audience.Members(group), notice,
            EntryFlags.NoUnread | EntryFlags.NoPush, origin: caller.Session);
        return await journal.CommitAsync(new WriteUnit(changes, told) { WhenWritten = () => Remember(notice.Topic, after, touched) });
    }

    /// <summary>Writes who came or went. What somebody did himself his other devices hear now; what was done to him he hears in any case.</summary>
    internal async ValueTask<Refusal?> CommitAsync(Caller caller, TopicRoster after, TopicMembersChanged notice, StoreChange change)
    {
        var isOwn = notice.Passage is TopicPassage.Joined or TopicPassage.Left;
        Entry[] told = isOwn ? [] : [.. notice.Users.Select(user => NoticeEntry.ForInbox(caller, user, notice))];
        var refusal = await journal.CommitAsync(new WriteUnit([change], told)
        {
            Happened = Happened.Of(caller, notice),
            WhenWritten = () => Remember(notice.Topic, after, notice.Users),
        });
        if (refusal is not null) return refusal;

        if (isOwn) news.TellDevices(caller, notice.Users[0], notice);
        return null;
    }

    private void Remember(Topic topic, TopicRoster? after, IReadOnlyList<UserId> touched)
    {
        // A new one has no number yet: it is read on the next use.
        if (after is { Topic.Number: > 0 }) topics.Changed(after);
        else topics.Forget(topic.App, topic.Id);
        foreach (var user in touched) conversations.Forget(user, topic.Conversation);
    }
}
