using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Streams;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Relations;

internal static class RelationChanges
{
    public static void Enter(ChangeTable table)
    {
        table.On<AddFriendships>(Add);
        table.On<UpdateFriendships>(Update);
        table.On<RemoveFriendship>(Remove);
        table.On<TouchFriend>((to, change) => FriendRows.Touch(to.Db, change));
        table.On<PutFriendRequest>((to, change) => FriendRequestRows.Put(to.Db, change.App, change.Request));
        table.OnClaim<AddBlock>(Add);
        table.On<RemoveBlock>(Remove);
    }

    private static void Add(WriteScope to, AddFriendships change)
    {
        var notes = new StreamNotes(to.Db, change.App, StreamKind.Friends);
        foreach (var friend in change.Friendships)
        {
            if (FriendRows.Add(to.Db, change.App, friend)) notes.Add(friend.Owner.Value, friend.Friend.Value, StreamState.Inserted);
        }
    }

    private static void Update(WriteScope to, UpdateFriendships change)
    {
        var notes = new StreamNotes(to.Db, change.App, StreamKind.Friends);
        foreach (var friend in change.Friendships)
        {
            if (FriendRows.Update(to.Db, change.App, friend)) notes.Add(change.Owner.Value, friend.Friend.Value, StreamState.Updated);
        }

        if (change.IsReordered) notes.Add(change.Owner.Value, StreamElements.Order, StreamState.Updated);
    }

    private static void Remove(WriteScope to, RemoveFriendship change)
    {
        if (FriendRows.Remove(to.Db, change))
            StreamRows.BumpAndNote(to.Db, new(change.App, StreamKind.Friends, change.Owner.Value), change.Friend.Value, StreamState.Deleted);
    }

    private static Condition Add(WriteScope to, AddBlock change)
    {
        var block = change.Block;
        if (!BlockRows.Add(to.Db, change.App, block)) return Condition.AlreadyBlocked;

        StreamRows.BumpAndNote(to.Db, new(change.App, StreamKind.Blocks, block.Owner.Value), block.Blocked.Value, StreamState.Inserted);
        return Condition.None;
    }

    private static void Remove(WriteScope to, RemoveBlock change)
    {
        if (BlockRows.Remove(to.Db, change))
            StreamRows.BumpAndNote(to.Db, new(change.App, StreamKind.Blocks, change.Owner.Value), change.Blocked.Value, StreamState.Deleted);
    }
}
