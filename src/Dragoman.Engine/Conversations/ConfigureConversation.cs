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
}

/// <summary>Changes what a user keeps about a conversation, which need not have a message yet; his devices are told.</summary>
public sealed class ConfigureConversation(
    UserConversations conversations, RosterDirectory rosters, Openings openings, LogWriter journal, OnlineNews news, TimeProvider clock)
{
    /// <returns>Done; or NotPermitted, GroupNotFound, GroupDismissed, ConversationNotFound (a pair without the user), a hook's refusal.</returns>
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
        else if (!conversation.Names(user))
        {
            return Condition.ConversationNotFound;
        }

        var asked = await openings.OfEachAsync(
            caller, conversation, OwnersOf(user, conversation), ct, first: LookOf(settings));
        return asked.TryGet(out var opening, out var refusal)
            ? await WriteAsync(caller, user, [conversation], settings, opening, ct)
            : refusal;
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
            WhenWritten = () => states.ForEach(conversations.Changed),
        };
        var refusal = await journal.CommitAsync(unit);
        if (refusal is not null) return refusal;

        news.TellDevices(caller, user, new UserConversationsChanged(user, keys) { At = now });
        return default(Done);
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
                Mention = look.Mention,
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
            Mention = settings.Mention ?? old.Mention,
            Extra = settings.Extra ?? old.Extra,
            Settings = settings.Settings?.Invoke(old.Settings) ?? old.Settings,
        };
    }
}
