using Dragoman.Engine.Caching;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>What users keep about all their conversations: from memory for who asked lately, from the store on a miss.</summary>
/// <remarks>
/// Read positions move on in place, because they do so all the time; any other change lets go of the user's list, and the
/// next question reads it again. A change that comes while a list is being read lets go of it too: it is then used once.
/// </remarks>
public sealed class UserLists(IUserConversationStore store, EngineLimits limits)
{
    private readonly TurningTable<(AppId, UserId), List> _lists = new(limits.CachedListRows);

    /// <returns>Read positions as they are on disk.</returns>
    internal async ValueTask<UserConversation[]> ReadAsync(AppId app, UserId user, CancellationToken ct)
    {
        // In the table before the store is read.
        var list = _lists.GetOrAdd((app, user), static () => new());
        if (list.TryRead(out var states)) return states;

        var read = await store.ListAsync(app, user, ct);
        if (list.Fill(read)) _lists.Weigh(read.Count);
        if (list.IsSpoiled) _lists.Remove((app, user));
        return [.. read];
    }

    internal void LetGo(AppId app, UserId user)
    {
        if (!_lists.TryGet((app, user), out var list)) return;
        list.Spoil();
        _lists.Remove((app, user));
    }

    internal void Advance(AdvanceRead change)
    {
        if (_lists.TryGet((change.App, change.User), out var list)) list.Advance(change);
    }

    private sealed class List
    {
        private readonly Lock _turn = new();
        private UserConversation[]? _states;
        private Dictionary<ConversationKey, int> _places = [];

        public bool IsSpoiled { get; private set; }

        public bool TryRead(out UserConversation[] states)
        {
            lock (_turn)
            {
                states = _states is null ? [] : [.. _states];
                return _states is not null;
            }
        }

        /// <returns>Whether it can be read from now on; not when another reader was faster, or something changed meanwhile.</returns>
        public bool Fill(IReadOnlyList<UserConversation> read)
        {
            var places = new Dictionary<ConversationKey, int>(read.Count);
            for (var i = 0; i < read.Count; i++) places[read[i].Conversation] = i;
            lock (_turn)
            {
                if (IsSpoiled || _states is not null) return false;
                _states = [.. read];
                _places = places;
                return true;
            }
        }

        public void Spoil()
        {
            lock (_turn)
            {
                IsSpoiled = true;
                _states = null;
            }
        }

        public void Advance(AdvanceRead change)
        {
            lock (_turn)
            {
                if (_states is null)
                {
                    IsSpoiled = true;
                    return;
                }

                if (!_places.TryGetValue(change.Conversation, out var place) || _states[place].ReadSequence >= change.ReadSequence) return;
                _states[place] = _states[place] with { ReadSequence = change.ReadSequence };
            }
        }
    }
}
