using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>What all changes of a group share: one at a time, on disk first, then in memory.</summary>
public sealed class GroupDesk(LogWriter journal, RosterDirectory rosters, UserConversations conversations, KeyedGate gate)
{
    internal ValueTask<KeyedGate.Holder> EnterAsync(AppId app, GroupId group, CancellationToken ct) => gate.EnterAsync((app, group), ct);

    /// <returns>The living group; or GroupNotFound, GroupDismissed.</returns>
    internal async ValueTask<Result<Roster>> FindAsync(AppId app, GroupId group, CancellationToken ct)
    {
        var roster = await rosters.FindAsync(app, group, ct);
        if (roster is null) return new Refusal(Condition.GroupNotFound, group.Value);
        return roster.Group.IsDismissed ? new Refusal(Condition.GroupDismissed, group.Value) : roster;
    }

    /// <param name="touched">Whose list of conversations the changes touch.</param>
    internal async ValueTask<Result<Roster>> CommitAsync(
        Caller caller, Roster after, StoreChange[] changes, UserId actor, Notice? notice, IReadOnlyList<UserId> touched, IReadOnlyList<UserId>? alsoTell = null)
    {
        var entries = notice is null ? Array.Empty<Messages.Entry>() : [GroupScribe.Write(caller, after, actor, notice, alsoTell)];
        var unit = new WriteUnit(changes, entries) { WhenWritten = () => Remember(after, touched) };

        var refusal = await journal.CommitAsync(unit);
        return refusal is null ? after : refusal;
    }

    private void Remember(Roster after, IReadOnlyList<UserId> touched)
    {
        rosters.Changed(after);
        foreach (var user in touched) conversations.Forget(user, ConversationKey.Group(after.Group.App, after.Group.Id));
    }
}
