using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

/// <summary>What is looked for; a member that is null or empty does not filter.</summary>
public sealed record EntryQuery
{
    public UserId Sender { get; init; } = new("");

    /// <summary>Who was spoken to: the other of two, or the group.</summary>
    public string Receiver { get; init; } = "";

    public ConversationKind? Kind { get; init; }

    /// <summary>As <see cref="Entry.Type"/>, of one origin.</summary>
    public int? Type { get; init; }

    public DialectId Origin { get; init; }

    /// <summary>Unix milliseconds, inclusive.</summary>
    public long From { get; init; }

    /// <summary>Unix milliseconds, exclusive.</summary>
    public long To { get; init; } = long.MaxValue;
}

/// <param name="Messages">All that were said in the period.</param>
/// <param name="Subjects">How many users or groups they belong to.</param>
/// <param name="Days">Messages of each day, by UTC midnights in Unix milliseconds.</param>
/// <param name="Page">Users or groups with how many are theirs.</param>
public sealed record ActivityRanking(
    long Messages, long Subjects, IReadOnlyDictionary<long, long> Days, IReadOnlyList<(string Subject, long Count)> Page);

/// <summary>Questions about all logs of an app at once; for its operator, not on the path of a message.</summary>
public interface IEntrySearchStore
{
    /// <returns>How many match, and one page, newest first.</returns>
    ValueTask<(long Total, IReadOnlyList<Entry> Page)> SearchAsync(AppId app, EntryQuery query, long skip, int take, CancellationToken ct);

    ValueTask<ActivityRanking> RankSendersAsync(
        AppId app, long from, long to, bool withGroups, bool ascending, long skip, int take, CancellationToken ct);

    ValueTask<ActivityRanking> RankGroupsAsync(AppId app, long from, long to, bool ascending, long skip, int take, CancellationToken ct);
}
