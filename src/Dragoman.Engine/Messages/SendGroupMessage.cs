using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Messages;

/// <summary>A member says something to a group, or the app does.</summary>
/// <remarks>Durable and de-duplicated as <see cref="SendDirectMessage"/>; the members of this moment hear of it.</remarks>
public sealed class SendGroupMessage(
    RosterDirectory rosters, WordDesk words, MessageHooks hooks, SendDesk desk, OnlineNews news, EngineLimits limits, TimeProvider clock)
{
    /// <returns>
    /// The pending send; or NotPermitted, MessageTooLarge, GroupNotFound, GroupDismissed, GroupDisabled, GroupTypeUnsupported, NotGroupMember,
    /// SenderMuted (with its end), GroupMuted, MentionAllForbidden, WordRejected (with the word), Overloaded, Unavailable.
    /// </returns>
    public async ValueTask<Result<PendingSend>> BeginAsync(
        Caller caller, UserId sender, GroupId groupId, MessageDraft draft, CancellationToken ct)
    {
        if (!caller.MayActFor(sender)) return Condition.NotPermitted;
        if (draft.Body.Length > limits.MaxBodyBytes) return Condition.MessageTooLarge;

        var roster = await rosters.FindAsync(caller.App, groupId, ct);
        if (roster is null) return new Refusal(Condition.GroupNotFound, groupId.Value);
        if (roster.Group.IsDismissed) return new Refusal(Condition.GroupDismissed, groupId.Value);
        if (roster.Group.IsDisabled) return new Refusal(Condition.GroupDisabled, groupId.Value);
        if (!caller.Understands(roster.Group.Type)) return new Refusal(Condition.GroupTypeUnsupported, groupId.Value);
        if (WhyNot(caller, roster, sender, draft) is { } refusal) return refusal;
        if (!draft.May(SendRights.All) && words.Screen(caller.App, ref draft) is { } rejected) return rejected;

        var conversation = ConversationKey.Group(caller.App, groupId);
        var audience = new Audience.Members(roster);
        if (hooks.AsksBeforeRules(caller.App) || hooks.AsksAfterRules(caller.App))
            return await AskAsync(caller, conversation, sender, draft, audience, ct);
        var marks = MentionChanges(caller.App, roster, sender, draft.Mentions);
        return desk.Post(draft, conversation, sender, audience, draft.Flags, caller.Operation, marks, marks is null ? null : NewsOf(caller, marks));
    }

    private async ValueTask<Result<PendingSend>> AskAsync(
        Caller caller, ConversationKey conversation, UserId sender, MessageDraft draft, Audience.Members audience, CancellationToken ct)
    {
        if (!draft.May(SendRights.SkipAsking) && await hooks.AskAsync(caller, conversation, sender, draft, ct) is { } forbidden) return forbidden;
        var rewritten = await hooks.RewriteAsync(caller, conversation, sender, draft, audience, ct);
        if (!rewritten.TryGet(out var final, out var refusal)) return refusal;
        var marks = MentionChanges(caller.App, audience.Roster, sender, final.Draft.Mentions);
        return desk.Post(final, sender, caller.Operation, marks, marks is null ? null : NewsOf(caller, marks));
    }

    public async ValueTask<Result<SentMessage>> RunAsync(
        Caller caller, UserId sender, GroupId groupId, MessageDraft draft, CancellationToken ct)
    {
        var begun = await BeginAsync(caller, sender, groupId, draft, ct);
        return begun.TryGet(out var pending, out var refusal) ? await pending.FinishAsync() : refusal;
    }

    /// <summary>Why somebody may not speak in a group, nor in its topics; null when he may.</summary>
    internal Refusal? WhyNot(Caller caller, Roster roster, UserId sender, in MessageDraft draft)
    {
        // The app itself speaks in any of its groups; what it says in a member's name is the member's to say.
        if (caller.IsAdministrator && sender == caller.User) return null;

        var member = roster.Find(sender);
        if (member is null) return draft.May(SendRights.SkipMembership) ? null : new(Condition.NotGroupMember, sender.Value);
        if (!draft.May(SendRights.SkipMutes) && member.Role != GroupRole.Owner
            && (member.MutedUntil | roster.Group.MutedUntil) != 0 && WhyMuted(roster.Group, member) is { } muted) return muted;
        return draft.Mentions is not { Everybody: true } || roster.Group.Rights[GroupAction.MentionEverybody].Of(member.Role) == GroupRight.May
            ? null
            : new(Condition.MentionAllForbidden);
    }

    private Refusal? WhyMuted(Group group, Member member)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (member.MutedUntil > 0 && member.MutedUntil >= now) return new(Condition.SenderMuted, Until: TimeOf(member.MutedUntil));
        return group.MutedUntil > 0 && group.MutedUntil >= now && !member.IsAllowListed && group.Rights[GroupAction.SpeakWhileMuted].Of(member.Role) != GroupRight.May
            ? new(Condition.GroupMuted, Until: TimeOf(group.MutedUntil))
            : null;
    }

    private static DateTimeOffset TimeOf(long milliseconds) =>
        milliseconds >= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.MaxValue : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>Who is mentioned has the mark in his list of conversations, and his devices have to learn that it changed.</summary>
    /// <remarks>Only called for a message with mentions: what it captures is an allocation.</remarks>
    private Action NewsOf(Caller caller, MarkMentioned[] marks) => () =>
    {
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var user in marks.SelectMany(mark => mark.Users).Distinct())
            news.TellDevices(caller, user, new UserConversationsChanged(user, [marks[0].Conversation]) { At = at });
    };

    private static MarkMentioned[]? MentionChanges(AppId app, Roster roster, UserId sender, Mentions? mentions)
    {
        if (mentions is null) return null;

        var conversation = ConversationKey.Group(app, roster.Group.Id);
        UserId[] named = [.. mentions.Users.Distinct().Where(user => user != sender && roster.Find(user) is not null)];
        var called = new MarkMentioned(app, conversation, named, MentionMark.Me);
        if (!mentions.Everybody) return named.Length == 0 ? null : [called];

        UserId[] others = [.. roster.Members.Where(m => m.User != sender).Select(m => m.User)];
        return [called, new MarkMentioned(app, conversation, others, MentionMark.Everybody)];
    }
}
