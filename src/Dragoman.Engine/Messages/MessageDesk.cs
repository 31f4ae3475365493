using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Rooms;
using Dragoman.Engine.Topics;

namespace Dragoman.Engine.Messages;

/// <param name="Roster">The members, when it was said in a group or in one of its topics.</param>
/// <param name="Topic">Who is in the topic, when it was said there.</param>
internal readonly record struct SeenMessage(Entry Entry, Roster? Roster, TopicRoster? Topic = null);

/// <summary>What operations on one message share: it is found for whoever can see it, and everybody who can is told what became of it.</summary>
public sealed class MessageDesk(
    IEntryStore entries,
    ConversationAccess access,
    RosterDirectory rosters,
    TopicDirectory topics,
    Occupancy occupancy,
    LogWriter journal,
    OnlineNews news,
    TimeProvider clock)
{
    internal long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A message that somebody can see.</summary>
    /// <returns>The message; or MessageNotFound, NotGroupMember, NotInRoom, GroupDisabled.</returns>
    internal async ValueTask<Result<SeenMessage>> FindAsync(AppId app, UserId user, MessageId message, CancellationToken ct)
    {
        var found = await FindAnyAsync(app, message, ct);
        if (!found.TryGet(out var seen, out var refusal)) return refusal;
        return await WhyNotAsync(app, user, seen, ct) is { } unseen ? unseen : seen;
    }

    /// <summary>A message that is there, for the app itself.</summary>
    /// <returns>The message; or MessageNotFound, GroupDisabled.</returns>
    internal async ValueTask<Result<SeenMessage>> FindAnyAsync(AppId app, MessageId message, CancellationToken ct)
    {
        if (await entries.FindByIdAsync(app, message, ct) is not { Channel: LogChannel.Timeline, Notice: null, IsGone: false } entry) return Condition.MessageNotFound;
        var conversation = entry.Conversation;
        if (conversation.Kind is not (ConversationKind.Group or ConversationKind.Topic)) return new SeenMessage(entry, Roster: null);

        var topic = conversation.Kind == ConversationKind.Topic ? await topics.FindAsync(app, conversation.TopicId, ct) : null;
        if (conversation.Kind == ConversationKind.Topic && topic is null) return Condition.MessageNotFound;
        var roster = await rosters.FindAsync(app, conversation.GroupId, ct);
        if (roster is null || roster.Group.IsDismissed) return Condition.MessageNotFound;
        return roster.Group.IsDisabled ? new Refusal(Condition.GroupDisabled, roster.Group.Id.Value) : new SeenMessage(entry, roster, topic);
    }

    /// <summary>Which entries of a conversation somebody can see.</summary>
    /// <returns>The range; or ConversationNotFound, NotGroupMember, NotInRoom.</returns>
    internal async ValueTask<Result<VisibleRange>> RangeAsync(AppId app, UserId user, ConversationKey conversation, CancellationToken ct)
    {
        if (conversation.Kind == ConversationKind.Room) return occupancy.Contains(app, conversation.RoomId, user) ? new VisibleRange(1, long.MaxValue) : new Refusal(Condition.NotInRoom, user.Value);
        if (conversation.Kind is ConversationKind.Group or ConversationKind.Topic)
        {
            var roster = await rosters.FindAsync(app, conversation.GroupId, ct);
            if (roster is null || roster.Group.IsDismissed) return Condition.ConversationNotFound;
            if (roster.Find(user) is null) return new Refusal(Condition.NotGroupMember, user.Value);
        }

        if (conversation.Kind == ConversationKind.Topic && (await topics.FindAsync(app, conversation.TopicId, ct))?.Contains(user) != true) return Condition.ConversationNotFound;

        return await access.RangeAsync(user, conversation, LogChannel.Timeline, ct);
    }

    /// <summary>Writes what becomes of a message. Who has it on his list learns of it, also when he comes back; in a room whoever is in.</summary>
    /// <param name="by">Who does it; empty is the app itself.</param>
    /// <param name="about">As <see cref="Entry.About"/>.</param>
    internal async ValueTask<Refusal?> CommitAsync(
        Caller caller, UserId by, SeenMessage message, Notice notice, StoreChange change, Entry? about = null)
    {
        var conversation = message.Entry.Conversation;
        if (conversation.Kind == ConversationKind.Room)
        {
            var refusal = await journal.CommitAsync(new WriteUnit([change]) { Happened = Happened.Of(caller, notice) });
            if (refusal is null) news.Tell(caller, conversation, by, new Audience.Room(occupancy.Snapshot(caller.App, conversation.RoomId)), notice);
            return refusal;
        }

        // To each of two what happens comes from one of them.
        var sender = message.Roster is null && !conversation.Names(by) ? message.Entry.Sender : by;
        var told = NoticeEntry.Make(
            caller.Operation, conversation, LogChannel.Changes, sender, AudienceOf(message, sender, notice), notice,
            EntryFlags.NoUnread | EntryFlags.NoPush, origin: caller.Session, about: about);
        return await journal.CommitAsync(new WriteUnit([change], told));
    }

    /// <summary>Who came later, and sees nothing of what was said before, is not told of it either.</summary>
    private static Audience AudienceOf(SeenMessage message, UserId actor, Notice notice)
    {
        var (entry, roster, topic) = message;
        if (topic is not null) return Audiences.Of(entry.Conversation, actor, roster, topic);
        if (roster is not { Group.NewcomersSeeHistory: false }) return Audiences.Of(entry.Conversation, actor, roster);

        // Words do not reach who wants to hear none; with all members the dialects see to that.
        var refusing = notice is MessageEdited ? roster.Refusing : null;
        return new Audience.Users(
            [.. roster.Members.Where(member => member.JoinedAt <= entry.SentAt && refusing?.Contains(member.User) != true).Select(member => member.User)]);
    }

    private async ValueTask<Refusal?> WhyNotAsync(AppId app, UserId user, SeenMessage message, CancellationToken ct)
    {
        var (entry, roster, topic) = message;
        var conversation = entry.Conversation;
        if (conversation.Kind == ConversationKind.Room) return occupancy.Contains(app, conversation.RoomId, user) ? null : new(Condition.NotInRoom, user.Value);
        if (roster is not null && roster.Find(user) is null) return new(Condition.NotGroupMember, user.Value);
        if (roster is null && !conversation.Names(user)) return new(Condition.MessageNotFound);
        if (topic?.Contains(user) == false) return new(Condition.MessageNotFound);

        var visible = await access.RangeAsync(user, conversation, LogChannel.Timeline, ct);
        return visible.TryGet(out var range, out _) && entry.Sequence >= range.First && entry.Sequence <= range.Last ? null : new(Condition.MessageNotFound);
    }
}
