using Dragoman.Engine.Caching;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>What users keep about their conversations: settings and lists from memory, single read positions from the store.</summary>
public sealed class UserConversations(
    IUserConversationStore store, UserLists lists, ConversationHeads heads, ReadCursors cursors, EngineLimits limits)
{
    // "There is none" is not kept: the first message of a pair makes the rows without passing here.
    private readonly BoundedCache<(UserId, ConversationKey), UserConversation?> _cache =
        new(limits.CachedUserConversations, mayKeep: static state => state is not null);

    /// <summary>From memory, for rules: the settings are right, <see cref="UserConversation.ReadSequence"/> may be old.</summary>
    public ValueTask<UserConversation?> FindSettingsAsync(UserId user, ConversationKey conversation, CancellationToken ct) =>
        _cache.GetAsync((user, conversation), store, static (store, key, ct) => store.FindAsync(key.Item1, key.Item2, ct), ct);

    public async ValueTask<UserConversation?> FindAsync(UserId user, ConversationKey conversation, CancellationToken ct)
    {
        var state = await store.FindAsync(user, conversation, ct);
        return state is null ? null : cursors.Apply(state);
    }

    /// <summary>All conversations of a user, his own inbox included when it has anything.</summary>
    public async ValueTask<IReadOnlyList<(UserConversation State, ConversationEnds Ends)>> ListAsync(
        AppId app, UserId user, CancellationToken ct)
    {
        var states = await lists.ReadAsync(app, user, ct);
        var ends = await heads.EndsAsync(Array.ConvertAll(states, static state => state.Conversation), ct);
        var list = new (UserConversation, ConversationEnds)[states.Length];
        for (var i = 0; i < list.Length; i++) list[i] = (cursors.Apply(states[i]), ends[i]);
        return list;
    }

    /// <inheritdoc cref="IUserConversationStore.PageAsync"/>
    public async ValueTask<(int Total, IReadOnlyList<UserConversation> Page)> PageAsync(AppId app, UserId user, long skip, int take, CancellationToken ct)
    {
        var (total, page) = await store.PageAsync(app, user, skip, take, ct);
        return (total, [.. page.Select(cursors.Apply)]);
    }

    public void Changed(UserConversation state)
    {
        _cache.Put((state.User, state.Conversation), state);
        lists.LetGo(state.Conversation.App, state.User);
    }

    /// <summary>To be called after rows were created or changed in the store without being read.</summary>
    public void Forget(UserId user, ConversationKey conversation)
    {
        _cache.Remove((user, conversation));
        lists.LetGo(conversation.App, user);
    }
}
