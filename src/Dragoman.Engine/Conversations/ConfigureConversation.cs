using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <param name="Receive">Null leaves it as it is; so for the others.</param>
public sealed record ConversationSettings(
    ReceiveOption? Receive = null, bool? IsPinned = null, MentionMark? Mention = null, string? Extra = null, Func<string, string>? Settings = null)
{
    public QuietHours? Quiet { get; init; }

    /// <summary>Bits of <see cref="UserConversation.Marks"/> to set; so for those to clear.</summary>
    public long SetMarks { get; init; }

    public long ClearMarks { get; init; }

    /// <summary>How many conversations he may have pinned, with this one.</summary>
    public int MaxPinned { get; init; } = int.MaxValue;
}

/// <summary>Changes what a user keeps about a conversation, which need not have a message yet; his devices are told.</summary>
public sealed class ConfigureConversation(
    UserConversations conversations, RosterDirectory rosters, GroupDesk groups, Openings openings, LogWriter journal, OnlineNews news, TimeProvider clock)
{
    /// <returns>
    /// Done; or NotPermitted, GroupNotFound, GroupDismissed, ConversationNotFound (a pair without the user), PinnedConversationLimitReached, a
    /// hook's refusal.
    /// </returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller, UserId user, ConversationKey conversation, ConversationSettings settings, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        if (conversation.Kind == ConversationKind.Group)
        {
            var roster = await rosters.FindAsync(caller.App, conversation.GroupId, ct);
            if (roster is null) return Condition.GroupNotFound;
            if (roster.Group.IsDismissed) return Condition.GroupDismissed;
            if (roster.Find(user) is null && await conversations.FindSettingsAsync(user, conversation, ct) is null)
                return Condition.ConversationNotFound;
        }
        else if (conversation.Kind == ConversationKind.Topic ? await conversations.FindSettingsAsync(user, conversation, ct) is null : !conversation.Names(user))
        {
            return Condition.ConversationNotFound;
        }

        if (settings is { IsPinned: true, MaxPinned: < int.MaxValue } && !await MayPinAsync(user, conversation, settings.MaxPinned, ct))
            return Condition.PinnedConversationLimitReached;

        var asked = await openings.OfEachAsync(
            caller, conversation, OwnersOf(user, conversation), ct, first: LookOf(settings));
        if (!asked.TryGet(out var opening, out var refusal)) return refusal;
        if (conversation.Kind != ConversationKind.Group || settings.Receive is null) return await WriteAsync(caller, user, [conversation], settings, opening, ct);

        // The roster knows who refuses messages: no change of the group may be under way that would bring back the one from before.
        using var turn = await groups.EnterAsync(caller.App, conversation.GroupId, ct);
        return await WriteAsync(caller, user, [conversation], settings, opening, ct);
    }

    private async ValueTask<bool> MayPinAsync(UserId user, ConversationKey conversation, int most, CancellationToken ct)
    {
        var list = await conversations.ListAsync(conversation.App, user, ct);
        return list.Count(item => item.State.IsPinned && item.State.Conversation != conversation) < most;
    }

    /// <summary>Two people have a conversation on both their lists as soon as there is one.</summary>
    private static UserId[] OwnersOf(UserId user, ConversationKey conversation) =>
        conversation.Kind == ConversationKind.Direct && conversation.PeerOf(user) is var peer && peer != user ? [user, peer] : [user];

    private static ConversationLook LookOf(ConversationSettings settings) => new()
    {
        Receive = settings.Receive ?? default,
        IsPinned = settings.IsPinned ?? false,
        Mention = settings.Mention ?? default,
        Extra = settings.Extra ?? "",
        Settings = settings.Settings?.Invoke("") ?? "",
    };

    /// <summary>The same settings for conversations that are on the user's list; others are passed over.</summary>
    /// <returns>Done; or NotPermitted.</returns>
    public async ValueTask<Result<Done>> AllAsync(
        Caller caller, UserId user, IReadOnlyList<ConversationKey> listed, ConversationSettings settings, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        return listed.Count == 0 ? default(Done) : await WriteAsync(caller, user, listed, settings, Opening.None, ct);
    }

    private async ValueTask<Result<Done>> WriteAsync(
        Caller caller, UserId user, IReadOnlyList<ConversationKey> keys, ConversationSettings settings, Opening opening, CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var states = new List<UserConversation>();
        foreach (var conversation in keys) states.Add(await ChangeAsync(user, conversation, settings, opening, now, ct));

        var unit = new WriteUnit([.. states.Select(state => new PutUserConversation(caller.App, state)), .. opening.Changes])
        {
            Happened = Happened.Of(caller, opening.Notices),
            WhenWritten = () => Remember(states, changesReceiving: settings.Receive is not null),
        };
        var refusal = await journal.CommitAsync(unit);
        if (refusal is not null) return refusal;

        news.TellDevices(caller, user, new UserConversationsChanged(user, keys)
        {
            At = now,
            IsPinned = settings.IsPinned,
            SetMarks = settings.SetMarks,
            ClearMarks = settings.ClearMarks,
        });
        return default(Done);
    }

    private void Remember(List<UserConversation> states, bool changesReceiving)
    {
        foreach (var state in states)
        {
            conversations.Changed(state);
            if (changesReceiving && state.Conversation.Kind == ConversationKind.Group) rosters.Forget(state.Conversation.App, state.Conversation.GroupId);
        }
    }

    private async ValueTask<UserConversation> ChangeAsync(
        UserId user, ConversationKey conversation, ConversationSettings settings, Opening opening, long now, CancellationToken ct)
    {
        var old = await conversations.FindAsync(user, conversation, ct)
            ?? new UserConversation { User = user, Conversation = conversation, CreatedAt = now };
        if (opening.LookFor(user) is { } look)
        {
            return old with
            {
                Receive = look.Receive,
                Quiet = settings.Quiet ?? old.Quiet,
                IsPinned = look.IsPinned,
                PinnedAt = look.IsPinned ? now : 0,
                Mention = look.Mention,
                Marks = settings.SetMarks,
                Extra = look.Extra,
                Settings = look.Settings,
            };
        }

        return old with
        {
            HiddenAt = 0,
            Receive = settings.Receive ?? old.Receive,
            Quiet = settings.Quiet ?? old.Quiet,
            IsPinned = settings.IsPinned ?? old.IsPinned,
            PinnedAt = settings.IsPinned switch
            {
                true => old.PinnedAt > 0 ? old.PinnedAt : now,
                false => 0,
                _ => old.PinnedAt,
            },
            Marks = (old.Marks | settings.SetMarks) & ~settings.ClearMarks,
            Mention = settings.Mention ?? old.Mention,
            Extra = settings.Extra ?? old.Extra,
            Settings = settings.Settings?.Invoke(old.Settings) ?? old.Settings,
        };
    }
}
