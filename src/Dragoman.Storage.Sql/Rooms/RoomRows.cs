using Dragoman.Engine;
using Dragoman.Engine.Rooms;

namespace Dragoman.Storage.Sql.Rooms;

/// <summary>Writes of rooms, inside the log writer's transaction.</summary>
internal static class RoomRows
{
    /// <returns>False when the id is taken.</returns>
    public static bool Add(SqlSession db, Room room)
    {
        var statement = db.Prepare(
            """
            INSERT INTO rooms (name, description, avatar, announcement, extra, owner, capacity, replay, muted_until, app, id, type, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (app, id) DO NOTHING RETURNING number
            """);
        BindFacts(statement, room).Bind(room.App.Value).Bind(room.Id.Value).Bind(room.Type.Value).Bind(room.CreatedAt);
        return statement.Any();
    }

    public static void Put(SqlSession db, Room room)
    {
        var statement = db.Prepare(
            """
            UPDATE rooms SET name = ?, description = ?, avatar = ?, announcement = ?, extra = ?, owner = ?, capacity = ?, replay = ?, muted_until = ?
            WHERE app = ? AND id = ?
            """);
        BindFacts(statement, room).Bind(room.App.Value).Bind(room.Id.Value).Run();
    }

    public static void End(SqlSession db, AppId app, RoomId room)
    {
        db.Prepare("UPDATE rooms SET is_ended = 1 WHERE app = ? AND id = ?").Bind(app.Value).Bind(room.Value).Run();
        db.Prepare("DELETE FROM room_standings WHERE app = ? AND room = ?").Bind(app.Value).Bind(room.Value).Run();
        db.Prepare("DELETE FROM room_attributes WHERE app = ? AND room = ?").Bind(app.Value).Bind(room.Value).Run();
    }

    public static void PutStanding(SqlSession db, AppId app, RoomId room, RoomStanding standing, string subject, long until) =>
        db.Prepare(
            """
            INSERT INTO room_standings (app, room, standing, subject, ends_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (app, room, standing, subject) DO UPDATE SET ends_at = excluded.ends_at
            """)
            .Bind(app.Value).Bind(room.Value).Bind((long)standing).Bind(subject).Bind(until).Run();

    public static void RemoveStanding(SqlSession db, AppId app, RoomId room, RoomStanding standing, string subject) =>
        db.Prepare("DELETE FROM room_standings WHERE app = ? AND room = ? AND standing = ? AND subject = ?")
            .Bind(app.Value).Bind(room.Value).Bind((long)standing).Bind(subject).Run();

    public static void PutAttribute(SqlSession db, AppId app, RoomId room, RoomAttribute attribute) =>
        db.Prepare(
            """
            INSERT INTO room_attributes (app, room, name, content, writer, drops_with_writer) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, room, name) DO UPDATE
            SET content = excluded.content, writer = excluded.writer, drops_with_writer = excluded.drops_with_writer
            """)
            .Bind(app.Value).Bind(room.Value).Bind(attribute.Key).Bind(attribute.Value).Bind(attribute.Writer.Value).Bind(attribute.DropsWithWriter)
            .Run();

    public static void RemoveAttribute(SqlSession db, AppId app, RoomId room, string key) =>
        db.Prepare("DELETE FROM room_attributes WHERE app = ? AND room = ? AND name = ?").Bind(app.Value).Bind(room.Value).Bind(key).Run();

    public static void PutCreator(SqlSession db, AppId app, UserId user, long since) =>
        db.Prepare("INSERT INTO room_creators (app, user_id, since) VALUES (?, ?, ?) ON CONFLICT (app, user_id) DO NOTHING")
            .Bind(app.Value).Bind(user.Value).Bind(since).Run();

    public static void RemoveCreator(SqlSession db, AppId app, UserId user) =>
        db.Prepare("DELETE FROM room_creators WHERE app = ? AND user_id = ?").Bind(app.Value).Bind(user.Value).Run();

    private static SqlStatement BindFacts(SqlStatement statement, Room room) =>
        statement.Bind(room.Name).Bind(room.Description).Bind(room.Avatar).Bind(room.Announcement).Bind(room.Extra)
            .Bind(room.Owner.Value).Bind(room.Capacity).Bind(room.Replay).Bind(room.MutedUntil);
}
