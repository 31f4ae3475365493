using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Topics;

namespace Dragoman.Engine.Groups;

/// <summary>What all changes of a group share: one at a time, on disk first, then in memory, then told.</summary>
public sealed class GroupDesk(
    LogWriter journal, RosterDirectory rosters, TopicDirectory topics, UserConversations conversations, OnlineNews news, KeyedGate gate)
{
    internal ValueTask<KeyedGate.Holder> EnterAsync(AppId app, GroupId group, CancellationToken ct) => gate.EnterAsync((app, group), ct);

    /// <returns>The living group; or GroupNotFound, GroupDismissed, GroupDisabled.</returns>
    internal async ValueTask<Result<Roster>> FindAsync(AppId app, GroupId group, CancellationToken ct)
    {
        var found = await FindEvenDisabledAsync(app, group, ct);
        return found.TryGet(out var roster, out _) && roster.Group.IsDisabled ? new Refusal(Condition.GroupDisabled, group.Value) : found;
    }

    /// <returns>The living group; or GroupNotFound, GroupDismissed.</returns>
    internal async ValueTask<Result<Roster>> FindEvenDisabledAsync(AppId app, GroupId group, CancellationToken ct)
    {
        var roster = await rosters.FindAsync(app, group, ct);
        if (roster is null) return new Refusal(Condition.GroupNotFound, group.Value);
        return roster.Group.IsDismissed ? new Refusal(Condition.GroupDismissed, group.Value) : roster;
    }

    /// <summary>For what leads people into a group: nobody is put where his client is lost.</summary>
    /// <returns>The living group; or GroupNotFound, GroupDismissed, GroupDisabled, GroupTypeUnsupported.</returns>
    internal async ValueTask<Result<Roster>> FindUnderstoodAsync(Caller caller, GroupId group, CancellationToken ct)
    {
        var found = await FindAsync(caller.App, group, ct);
        return found.TryGet(out var roster, out _) && !caller.Understands(roster.Group.Type)
            ? new Refusal(Condition.GroupTypeUnsupported, group.Value)
            : found;
    }

    internal async ValueTask<Result<Roster>> CommitAsync(Caller caller, GroupStep step)
    {
        var actor = step.Actor.IsEmpty ? caller.User : step.Actor;
        Entry[] entries =
        [
            .. step.Timeline.Select(notice => GroupScribe.Write(caller, step.After, actor, LogChannel.Timeline, notice, step.AlsoTell)),
            .. step.Kept.Select(notice => GroupScribe.Write(caller, step.After, actor, LogChannel.Changes, notice, step.AlsoTell)),
            .. step.Inbox.Select(note => NoticeEntry.ForInbox(caller, note.Receiver, note.Notice)),
        ];

        var left = await TopicsLeftAsync(step);
        var unit = new WriteUnit(step.Changes, entries)
        {
            Happened = Happened.Of(caller, [.. step.News, .. step.Noted]),
            WhenWritten = () => Remember(step, left),
        };
        var refusal = await journal.CommitAsync(unit);
        if (refusal is not null) return refusal;

        var conversation = ConversationKey.Group(step.After.Group.App, step.After.Group.Id);
        foreach (var notice in step.News) news.Tell(caller, conversation, actor, new Audience.Members(step.After, step.AlsoTell), notice);
        return step.After;
    }

    /// <summary>Who leaves the group leaves its threads.</summary>
    private async ValueTask<IReadOnlyList<TopicId>> TopicsLeftAsync(GroupStep step)
    {
        var group = step.After.Group;
        foreach (var change in step.Changes)
        {
            if (change is RemoveMembers gone) return await topics.OfAsync(group.App, group.Id, gone.Users, CancellationToken.None);
        }

        return [];
    }

    private void Remember(GroupStep step, IReadOnlyList<TopicId> left)
    {
        var group = step.After.Group;
        // What a newcomer wants to hear of the group he may have said the last time he was in it: that is read with the roster.
        if (step.Changes.Any(change => change is AddMembers)) rosters.Forget(group.App, group.Id);
        else rosters.Changed(step.After);
        foreach (var user in step.Touched) conversations.Forget(user, ConversationKey.Group(group.App, group.Id));
        foreach (var topic in left)
        {
            topics.Forget(group.App, topic);
            foreach (var user in step.Touched) conversations.Forget(user, ConversationKey.Topic(group.App, group.Id, topic));
        }
    }
}
