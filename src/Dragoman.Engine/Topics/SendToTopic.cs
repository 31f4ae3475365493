using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Topics;

/// <summary>A member of the group says something in one of its threads, and is in it from then on.</summary>
/// <remarks>Durable and de-duplicated as every send; the rules are those of the group, and the thread's members of this moment hear of it.</remarks>
public sealed class SendToTopic(
    TopicDesk topicDesk, TopicNews moved, JoinTopic join, SendGroupMessage group, WordDesk words, MessageHooks hooks, SendDesk desk, EngineLimits limits)
{
    /// <returns>
    /// The pending send; or NotPermitted, MessageTooLarge, TopicNotFound, GroupDisabled, GroupTypeUnsupported, NotGroupMember, SenderMuted (with
    /// its end), GroupMuted, MentionAllForbidden, WordRejected (with the word), TopicJoinLimitReached, a hook's refusal, Overloaded, Unavailable.
    /// </returns>
    public async ValueTask<Result<PendingSend>> BeginAsync(Caller caller, UserId sender, TopicId id, MessageDraft draft, CancellationToken ct)
    {
        if (!caller.MayActFor(sender)) return Condition.NotPermitted;
        if (draft.Body.Length > limits.MaxBodyBytes) return Condition.MessageTooLarge;

        var found = await topicDesk.FindAsync(caller.App, id, ct);
        if (!found.TryGet(out var place, out var refusal)) return refusal;
        if (!caller.Understands(place.Group.Group.Type)) return new Refusal(Condition.GroupTypeUnsupported, place.Group.Group.Id.Value);
        if (group.WhyNot(caller, place.Group, sender, draft) is { } forbidden) return forbidden;
        if (!draft.May(SendRights.All) && words.Screen(caller.App, ref draft) is { } rejected) return rejected;

        var roster = place.Topic;
        if (!roster.Contains(sender) && place.Group.Find(sender) is not null)
        {
            var joined = await join.SpeakAsync(caller, sender, id, ct);
            if (!joined.TryGet(out roster, out refusal)) return refusal;
        }

        var conversation = roster.Topic.Conversation;
        if (hooks.AsksBeforeRules(caller.App) || hooks.AsksAfterRules(caller.App)) return await AskAsync(caller, conversation, sender, draft, roster, ct);
        return Tell(desk.Post(draft, conversation, sender, new Audience.Users(roster.Members), draft.Flags, caller.Operation, MarksOf(conversation, sender, draft, roster)), roster.Topic);
    }

    public async ValueTask<Result<SentMessage>> RunAsync(Caller caller, UserId sender, TopicId topic, MessageDraft draft, CancellationToken ct)
    {
        var begun = await BeginAsync(caller, sender, topic, draft, ct);
        return begun.TryGet(out var pending, out var refusal) ? await pending.FinishAsync() : refusal;
    }

    private async ValueTask<Result<PendingSend>> AskAsync(
        Caller caller, ConversationKey conversation, UserId sender, MessageDraft draft, TopicRoster roster, CancellationToken ct)
    {
        if (!draft.May(SendRights.SkipAsking) && await hooks.AskAsync(caller, conversation, sender, draft, ct) is { } forbidden) return forbidden;
        var rewritten = await hooks.RewriteAsync(caller, conversation, sender, draft, new Audience.Users(roster.Members), ct);
        return rewritten.TryGet(out var final, out var refusal)
            ? Tell(desk.Post(final, sender, caller.Operation, MarksOf(conversation, sender, final.Draft, roster)), roster.Topic)
            : refusal;
    }

    /// <summary>The group is told that the thread has moved, once the message is on disk.</summary>
    private Result<PendingSend> Tell(Result<PendingSend> posted, Topic topic)
    {
        if (posted.TryGet(out var pending, out _)) pending.Then(_ => moved.Moved(topic.App, topic.Id), every: 1);
        return posted;
    }

    private static MarkMentioned[]? MarksOf(ConversationKey conversation, UserId sender, in MessageDraft draft, TopicRoster roster)
    {
        if (draft.Mentions is not { } mentions) return null;

        UserId[] named = [.. mentions.Users.Distinct().Where(user => user != sender && roster.Contains(user))];
        var called = new MarkMentioned(conversation.App, conversation, named, MentionMark.Me);
        if (!mentions.Everybody) return named.Length == 0 ? null : [called];
        return [called, new MarkMentioned(conversation.App, conversation, [.. roster.Members.Where(user => user != sender)], MentionMark.Everybody)];
    }
}
