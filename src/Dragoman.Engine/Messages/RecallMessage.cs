using System.Text;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Topics;

namespace Dragoman.Engine.Messages;

/// <summary>Takes a message back for everybody who could see it.</summary>
public sealed class RecallMessage(
    IEntryStore entries, RosterDirectory rosters, TopicDirectory topics, TopicNews moved, AccountDirectory accounts, LogWriter journal, KeyedGate gate, TimeProvider clock)
{
    /// <param name="user">Who takes it back: the sender, or somebody who outranks him in the group.</param>
    /// <param name="window">How long after it was sent; null is for ever. Administrators are not bound by it.</param>
    /// <returns>
    /// Done; or NotPermitted, GroupNotFound, TopicNotFound, MessageNotFound, MessageAlreadyRecalled, RecallNotPermitted, RecallTooLate.
    /// </returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller, UserId user, ConversationKey conversation, long sequence, CancellationToken ct, TimeSpan? window = null)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;

        // A topic counts what was taken back, and its group's gate is that of all its changes.
        using var turn = conversation.Kind == ConversationKind.Topic
            ? await gate.EnterAsync((caller.App, conversation.GroupId), ct)
            : await gate.EnterAsync(conversation, ct);
        var entry = await entries.FindAsync(conversation, LogChannel.Timeline, sequence, ct);
        if (entry is null || entry.Content == ContentKind.Notice || (entry.Flags & EntryFlags.Erased) != 0)
            return Condition.MessageNotFound;
        if (entry.IsRecalled) return Condition.MessageAlreadyRecalled;

        Roster? roster = null;
        if (conversation.Kind is ConversationKind.Group or ConversationKind.Topic)
        {
            roster = await rosters.FindAsync(caller.App, conversation.GroupId, ct);
            if (roster is null) return Condition.GroupNotFound;
        }

        var topic = conversation.Kind == ConversationKind.Topic ? await topics.FindAsync(caller.App, conversation.TopicId, ct) : null;
        if (conversation.Kind == ConversationKind.Topic && topic is null) return Condition.TopicNotFound;

        if (!MayRecall(caller, user, entry, roster)) return Condition.RecallNotPermitted;
        if (window is { } open && !caller.IsAdministrator && clock.GetUtcNow().ToUnixTimeMilliseconds() - entry.SentAt > open.TotalMilliseconds)
            return Condition.RecallTooLate;
        return await CommitAsync(caller, user, conversation, entry, roster, topic, ct);
    }

    private static bool MayRecall(Caller caller, UserId user, Entry entry, Roster? roster)
    {
        if (caller.IsAdministrator || entry.Sender == user) return true;
        return roster is not null && GroupRights.WhyNot(caller with { User = user }, roster, GroupAction.RecallOthers, entry.Sender) is null;
    }

    private async ValueTask<Result<Done>> CommitAsync(
        Caller caller, UserId user, ConversationKey conversation, Entry entry, Roster? roster, TopicRoster? topic, CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var account = await accounts.FindAsync(caller.App, user, ct);
        var member = roster?.Find(user);
        var name = string.IsNullOrEmpty(member?.Nickname) ? account?.Nickname ?? "" : member.Nickname;
        var mark = new RecallMark(user.Value, name, member?.Role ?? GroupRole.None, now, caller.IsAdministrator);
        var notice = new MessageRecalled(
            entry.Sequence, entry.Id.Value, Encoding.UTF8.GetString(entry.ClientKey.Span), entry.Origin, entry.Sender, entry.SentAt, mark)
        {
            At = now,
        };

        var audience = Audiences.Of(conversation, user, roster, topic);
        var news = NoticeEntry.Make(caller.Operation, conversation, LogChannel.Changes, user, audience, notice, EntryFlags.NoUnread | EntryFlags.NoPush, origin: caller.Session);
        var recalled = new MarkRecalled(caller.App, conversation, entry.Sequence, mark);
        var refusal = await journal.CommitAsync(topic is null ? new WriteUnit([recalled], news) : UnitIn(topic, recalled, news));
        if (refusal is null && topic is not null) moved.Moved(caller.App, topic.Topic.Id);
        return refusal is null ? default(Done) : refusal;
    }

    private WriteUnit UnitIn(TopicRoster topic, MarkRecalled recalled, Entry news) =>
        new([recalled, new CountWithdrawn(recalled.App, topic.Topic.Parent, topic.Topic.Id)], news)
        {
            WhenWritten = () => topics.Changed(topic.With(topic.Topic with { Withdrawn = topic.Topic.Withdrawn + 1 })),
        };
}
