using Dragoman.Engine.Caching;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Conversations;

/// <summary>Asks and tells apps' own servers of conversations that come onto the lists of people who never had them.</summary>
/// <remarks>Two first messages that are said in the same moment may both be asked about.</remarks>
public sealed class Openings(HookDesk hooks, UserConversations conversations, TimeProvider clock)
{
    private const int Remembered = 10_000;

    // Whose rows are on their way to the disk: who says two things at once opens the conversation with the first.
    private readonly BoundedCache<(UserId, ConversationKey), Task> _onTheirWay = new(Remembered);

    /// <summary>Whether anybody wants to know: a lookup for each sink.</summary>
    internal bool Concern(AppId app, ConversationKind kind) =>
        hooks.Asks<OpeningConversation>(app) || hooks.Wants(app, kind == ConversationKind.Group ? Probe.OfGroup : Probe.OfPair);

    /// <summary>For what is about to put a conversation onto the lists of these users, one by one, unless they have it.</summary>
    /// <param name="first">How the first of them asked it to look; as a new conversation does when null.</param>
    /// <returns>What the unit does besides; or a hook's refusal.</returns>
    internal async ValueTask<Result<Opening>> OfEachAsync(
        Caller caller, ConversationKey conversation, IReadOnlyList<UserId> owners, CancellationToken ct, ConversationLook? first = null)
    {
        if (!Concern(caller.App, conversation.Kind)) return Opening.None;

        var opening = new Opening();
        foreach (var owner in owners)
        {
            if (!await IsNewToAsync(owner, conversation, ct)) continue;
            var asked = await AskAsync(caller, conversation, [owner], owner == owners[0] && first is not null ? first : ConversationLook.Plain, ct);
            if (!asked.TryGet(out var opened, out var refusal)) return refusal;
            opening.Add(opened);
        }

        return opening;
    }

    /// <summary>For what is about to put a conversation onto the lists of these users, all at once, as far as they do not have it.</summary>
    /// <returns>What the unit does besides; or a hook's refusal.</returns>
    internal async ValueTask<Result<Opening>> OfAllAsync(
        Caller caller, ConversationKey conversation, IReadOnlyList<UserId> owners, CancellationToken ct)
    {
        if (!Concern(caller.App, conversation.Kind)) return Opening.None;

        var newTo = new List<UserId>();
        foreach (var owner in owners)
        {
            if (await IsNewToAsync(owner, conversation, ct)) newTo.Add(owner);
        }

        var opening = new Opening();
        if (newTo.Count == 0) return opening;
        var asked = await AskAsync(caller, conversation, newTo, ConversationLook.Plain, ct);
        if (!asked.TryGet(out var opened, out var refusal)) return refusal;
        opening.Add(opened);
        return opening;
    }

    /// <returns>How it comes onto the lists; or a hook's refusal.</returns>
    private async ValueTask<Result<ConversationOpened>> AskAsync(
        Caller caller, ConversationKey conversation, IReadOnlyList<UserId> owners, ConversationLook look, CancellationToken ct)
    {
        var proposal = new OpeningConversation(caller, conversation, owners, look);
        if (await hooks.AskAsync(proposal, ct) is { } refusal) return refusal;
        return new ConversationOpened(conversation, owners, proposal.Look) { At = clock.GetUtcNow().ToUnixTimeMilliseconds() };
    }

    /// <summary>For notices with which two people's conversation may begin, and about which nobody is asked.</summary>
    internal async ValueTask<Opening> UnaskedAsync(AppId app, IReadOnlyList<Entry> entries)
    {
        if (entries.Count == 0 || !Concern(app, ConversationKind.Direct)) return Opening.None;

        var (opening, now) = (new Opening(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var conversation in entries.Select(entry => entry.Conversation).Where(c => c.Kind == ConversationKind.Direct).Distinct())
        {
            foreach (var owner in (UserId[])[new(conversation.A), new(conversation.B)])
            {
                if (await IsNewToAsync(owner, conversation, CancellationToken.None))
                    opening.Add(new ConversationOpened(conversation, [owner], ConversationLook.Plain) { At = now });
            }
        }

        return opening;
    }

    /// <summary>Until the unit is on disk or refused, nobody else opens it.</summary>
    internal void Begin(Opening opening, Task written)
    {
        foreach (var notice in opening.Notices.OfType<ConversationOpened>())
        {
            foreach (var owner in notice.Owners) _onTheirWay.Put((owner, notice.Conversation), written);
        }
    }

    private async ValueTask<bool> IsNewToAsync(UserId owner, ConversationKey conversation, CancellationToken ct)
    {
        if (_onTheirWay.TryGet((owner, conversation), out var written) && !written.IsCompleted) return false;
        return await conversations.FindSettingsAsync(owner, conversation, ct) is null;
    }

    /// <summary>Events that never happen, to ask whether anybody would want to hear of such.</summary>
    private static class Probe
    {
        public static readonly HookEvent OfPair = Of(ConversationKind.Direct);
        public static readonly HookEvent OfGroup = Of(ConversationKind.Group);

        private static HookEvent Of(ConversationKind kind) => new()
        {
            Actor = default,
            Notice = new ConversationOpened(new(default, kind, "", ""), [], ConversationLook.Plain) { At = 0 },
        };
    }
}
