using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.Agora.Conversations;

/// <summary>Which conversations are wanted.</summary>
/// <param name="Cursor">What the last page ended with; null at the beginning.</param>
internal sealed record ListQuery(int Limit, string? Cursor = null)
{
    public bool PinnedOnly { get; init; }

    /// <summary>Bits; 0 is any.</summary>
    public long Mark { get; init; }

    /// <summary>Also those in which nothing is left to be seen.</summary>
    public bool WithEmpty { get; init; } = true;
}

/// <summary>The conversations of a user as the vendor keeps them on its servers: pinned ones first, then the newest, a hundred in all.</summary>
internal sealed class ConversationList(UserConversations conversations, LastEntries last, ReadHistory history, IEntryStore entries, MetaRenderer renderer)
{
    private const int MaxListed = 100;

    public async ValueTask<(JsonArray Infos, string Cursor)> ReadAsync(AgoraApp app, UserId user, ListQuery query, CancellationToken ct)
    {
        var listed = Choose(await conversations.ListAsync(app.Id, user, ct), query);
        var newest = (await last.RunAsync(user, [.. listed.Select(item => item.State.Conversation)], ct)).ToDictionary(one => one.Entry.Conversation, one => one.Entry);

        var infos = new JsonArray();
        var cursor = "";
        foreach (var item in listed)
        {
            if (query.Cursor is { Length: > 0 } after && string.CompareOrdinal(item.Place, after) <= 0) continue;
            if (infos.Count == query.Limit) return (infos, cursor);

            var message = await MessageOfAsync(user, item.State.Conversation, newest.GetValueOrDefault(item.State.Conversation), ct);
            if (message is null && !query.WithEmpty) continue;
            infos.Add(await ShowAsync(app, user, item.State, item.Ends, message, ct));
            cursor = item.Place;
        }

        return (infos, "");
    }

    private static List<Listed> Choose(IReadOnlyList<(UserConversation State, ConversationEnds Ends)> all, ListQuery query)
    {
        var shown = new List<Listed>();
        foreach (var (state, ends) in all)
        {
            if (Channels.IsShown(state.Conversation) && !state.IsHidden(ends) && (ends.Timeline > 0 || state.IsPinned || state.Marks != 0))
                shown.Add(new(state, ends, PlaceOf(state, ends)));
        }

        shown.Sort(static (one, other) => string.CompareOrdinal(one.Place, other.Place));
        if (shown.Count > MaxListed) shown.RemoveRange(MaxListed, shown.Count - MaxListed);
        shown.RemoveAll(item => (query.PinnedOnly && !item.State.IsPinned) || (query.Mark != 0 && (item.State.Marks & query.Mark) == 0));
        return shown;
    }

    /// <summary>Sorts as the list does, and tells a later page where this one ended.</summary>
    private static string PlaceOf(UserConversation state, ConversationEnds ends)
    {
        var at = state.IsPinned ? state.PinnedAt : Math.Max(ends.TimelineAt, state.CreatedAt);
        return string.Create(
            CultureInfo.InvariantCulture, $"{(state.IsPinned ? 0 : 1)}{long.MaxValue - at:D19}{(int)state.Conversation.Kind}{Hex(state.Conversation.A)}.{Hex(state.Conversation.B)}");

        static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The last thing said; the last entry may be a notice, which this vendor does not show.</summary>
    private async ValueTask<Entry?> MessageOfAsync(UserId user, ConversationKey conversation, Entry? newest, CancellationToken ct)
    {
        if (newest is null or { Notice: null, IsRecalled: false }) return newest;
        var read = await history.RunAsync(user, conversation, new(After: null, Limit: 1, IsOldestFirst: false), ct);
        return read.TryGet(out var page, out _) && page.Entries is [var message] ? message : null;
    }

    private async ValueTask<JsonObject> ShowAsync(
        AgoraApp app, UserId user, UserConversation state, ConversationEnds ends, Entry? message, CancellationToken ct)
    {
        var range = ConversationAccess.Range(state, ends, LogChannel.Timeline);
        var from = Math.Max(range.First, state.ReadSequence + 1);
        return new()
        {
            ["channel_id"] = Channels.IdOf(app, state.Conversation, user),
            ["session_to"] = Channels.NameOf(state.Conversation, user),
            ["session_type"] = Channels.TypeOf(state.Conversation),
            ["unread_num"] = from > range.Last ? 0 : await entries.CountUnreadAsync(state.Conversation, from, range.Last, ct),
            ["is_top"] = state.IsPinned,
            ["update_top_status_time"] = state.PinnedAt,
            ["marks"] = ConversationMarks.Write(state.Marks),
            ["meta"] = message is null ? new JsonObject() : MetaOf(app, message),
        };
    }

    /// <summary>A message as lists show it.</summary>
    public JsonObject MetaOf(AgoraApp app, Entry message)
    {
        if (renderer.BodyOf(message) is not { } body) return [];
        var conference = Frames.Jids.ConferenceOf(message.Conversation);
        return new()
        {
            ["id"] = message.Id.Value.ToString(CultureInfo.InvariantCulture),
            ["from"] = $"{app.Key}_{message.Sender.Value}@{Frames.Jids.People}",
            ["to"] = $"{app.Key}_{conference ?? message.Conversation.PeerOf(message.Sender).Value}@{(conference is null ? Frames.Jids.People : Frames.Jids.Conferences)}",
            ["timestamp"] = message.SentAt,
            ["payload"] = PayloadJson.ToText(body),
        };
    }

    /// <param name="Place">As <see cref="PlaceOf"/> says.</param>
    private readonly record struct Listed(UserConversation State, ConversationEnds Ends, string Place);
}
