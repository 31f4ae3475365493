using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Ports;

/// <summary>The one way to the disk. Called by the log writer only, one batch at a time.</summary>
public interface ICommitStore
{
    /// <summary>
    /// Writes the units in order in one transaction and gives every entry its place (<see cref="Entry.Place"/>).
    /// A unit that collides gets its <see cref="WriteUnit.Conflict"/> and leaves no trace; the others are on disk when
    /// this returns. Throws when nothing could be written: then nothing was.
    /// </summary>
    ValueTask CommitAsync(IReadOnlyList<WriteUnit> units, CancellationToken ct);

    /// <summary>What the log writer must remember after a start.</summary>
    /// <param name="count">The newest entries that had a client key, newest first, at most this many.</param>
    ValueTask<JournalMemory> RecallAsync(int count, CancellationToken ct);
}

/// <param name="LastId">The highest message id on disk; 0 when there is none.</param>
public sealed record JournalMemory(MessageId LastId, IReadOnlyList<RememberedSend> Recent);

public readonly record struct RememberedSend(DedupKey Key, SentMessage Sent);

/// <summary>Reads of the logs.</summary>
public interface IEntryStore
{
    /// <summary>Entries of a log with <paramref name="from"/> ≤ sequence ≤ <paramref name="to"/>, ascending.</summary>
    /// <param name="limit">At most so many; when there are more, the ones nearest to the end that <paramref name="newestFirst"/> names.</param>
    ValueTask<IReadOnlyList<Entry>> ReadAsync(
        ConversationKey conversation, LogChannel channel, long from, long to, int limit, bool newestFirst, CancellationToken ct);

    ValueTask<Entry?> FindAsync(ConversationKey conversation, LogChannel channel, long sequence, CancellationToken ct);

    /// <summary>The sequences of this range that the user took out of his sight.</summary>
    ValueTask<IReadOnlySet<long>> HiddenAsync(ConversationKey conversation, UserId user, long from, long to, CancellationToken ct);

    ValueTask<ConversationEnds> EndsAsync(ConversationKey conversation, CancellationToken ct);
}

/// <summary>Reads of what users keep about their conversations.</summary>
public interface IUserConversationStore
{
    ValueTask<UserConversation?> FindAsync(UserId user, ConversationKey conversation, CancellationToken ct);

    /// <summary>All conversations of a user with their ends, his own inbox included when it has anything.</summary>
    ValueTask<IReadOnlyList<(UserConversation State, ConversationEnds Ends)>> ListAsync(AppId app, UserId user, CancellationToken ct);
}

public interface IAccountStore
{
    ValueTask<Account?> FindAsync(AppId app, UserId user, CancellationToken ct);

    ValueTask<IReadOnlyList<Grant>> GrantsAsync(AppId app, UserId user, CancellationToken ct);
}

public interface IGroupStore
{
    /// <summary>The group and all its members; null when it never existed.</summary>
    ValueTask<Roster?> FindRosterAsync(AppId app, GroupId group, CancellationToken ct);

    /// <summary>The groups of which the user is a member now.</summary>
    ValueTask<IReadOnlyList<GroupId>> ListOfAsync(AppId app, UserId user, CancellationToken ct);
}
