using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Entries;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Rooms;

internal static class RoomChanges
{
    public static void Enter(ChangeTable table)
    {
        table.OnClaim<AddRoom>((to, change) => RoomRows.Add(to.Db, change.Facts) ? Condition.None : Condition.RoomExists);
        table.On<PutRoom>((to, change) => RoomRows.Put(to.Db, change.Facts));
        table.On<EndRoom>((to, change) => RoomRows.End(to.Db, change.App, change.Room));
        table.On<PutStandings>((to, change) =>
        {
            foreach (var subject in change.Subjects) RoomRows.PutStanding(to.Db, change.App, change.Room, change.Standing, subject, change.Until);
        });
        table.On<RemoveStandings>((to, change) =>
        {
            foreach (var subject in change.Subjects) RoomRows.RemoveStanding(to.Db, change.App, change.Room, change.Standing, subject);
        });
        table.On<PutRoomAttributes>((to, change) =>
        {
            foreach (var attribute in change.Attributes) RoomRows.PutAttribute(to.Db, change.App, change.Room, attribute);
        });
        table.On<RemoveRoomAttributes>((to, change) =>
        {
            foreach (var key in change.Keys) RoomRows.RemoveAttribute(to.Db, change.App, change.Room, key);
        });
        table.On<TrimRoom>((to, change) =>
        {
            var conversation = to.IdOf(ConversationKey.Room(change.App, change.Room));
            to.Db.Prepare("DELETE FROM entries WHERE log = ? AND seq <= ?").Bind(conversation * 2).Bind(change.UpTo).Run();
            EntryState.DropPins(to.Db, change.App, conversation, change.UpTo);
        });
        table.On<PutRoomCreator>((to, change) => RoomRows.PutCreator(to.Db, change.App, change.User, change.At));
        table.On<RemoveRoomCreator>((to, change) => RoomRows.RemoveCreator(to.Db, change.App, change.User));
    }
}
