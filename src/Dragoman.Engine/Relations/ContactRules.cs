using Dragoman.Engine.Accounts;

namespace Dragoman.Engine.Relations;

/// <summary>Who has to have whom on his list before one may write to the other.</summary>
public enum FriendCheck : byte
{
    Off = 0,

    /// <summary>The receiver has the sender.</summary>
    ReceiverHasSender = 1,

    /// <summary>Each has the other.</summary>
    Mutual = 2,
}

/// <summary>Whether relations let one user write to another. Asked for every direct message: from memory, without an allocation.</summary>
public sealed class ContactRules(RelationDirectory relations)
{
    /// <returns>
    /// None; or BlockedByPeer, StrangersRefused, PeerHasNotAddedSender, SenderHasNotAddedPeer. Administrators and the app's
    /// service accounts write to everybody, and everybody to himself.
    /// </returns>
    public async ValueTask<Condition> CheckAsync(Account sender, UserId receiver, FriendCheck check, CancellationToken ct)
    {
        if (sender.Role != AccountRole.User || sender.Id == receiver) return Condition.None;

        var theirs = await relations.FindAsync(sender.App, receiver, sender.Id, ct);
        if ((theirs & Relation.Blocks) != 0) return Condition.BlockedByPeer;

        var isTheirFriend = (theirs & Relation.HasFriend) != 0;
        if (check == FriendCheck.Off || (check == FriendCheck.ReceiverHasSender && isTheirFriend)) return Condition.None;

        var mine = await relations.FindAsync(sender.App, sender.Id, receiver, ct);
        return (isTheirFriend, (mine & Relation.HasFriend) != 0) switch
        {
            (true, true) => Condition.None,
            (true, false) => Condition.SenderHasNotAddedPeer,
            (false, true) => Condition.PeerHasNotAddedSender,
            (false, false) => Condition.StrangersRefused,
        };
    }
}
