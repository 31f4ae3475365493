using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Rooms;

namespace Dragoman.Storage.Sql.Rooms;

internal sealed class RoomStore(ISqlReaders readers) : IRoomStore
{
    public ValueTask<RoomSheet?> FindAsync(AppId app, RoomId room, CancellationToken ct) =>
        readers.ReadAsync(
            (app, room),
            static (db, key) => db.ReadConsistently(key, static (db, key) =>
                FindRoom(db, key.app, key.room) is { } found ? Attributes(db, Standings(db, new RoomSheet(found))) : null),
            ct);

    public ValueTask<RoomPage> ListAsync(AppId app, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync((app, skip, take), static (db, q) =>
        {
            var total = db.Prepare("SELECT count(*) FROM rooms WHERE app = ? AND is_ended = 0").Bind(q.app.Value).ScalarOr(0);
            var row = db.Prepare("SELECT id FROM rooms WHERE app = ? AND is_ended = 0 ORDER BY created_at DESC, number DESC LIMIT ? OFFSET ?")
                .Bind(q.app.Value).Bind(q.take).Bind(q.skip);
            var rooms = new List<RoomId>();
            while (row.Step()) rooms.Add(new(row.Text(0)));
            return new RoomPage((int)total, rooms);
        }, ct);

    public ValueTask<IReadOnlyList<UserId>> CreatorsAsync(AppId app, CancellationToken ct) =>
        readers.ReadAsync<AppId, IReadOnlyList<UserId>>(app, static (db, app) =>
        {
            var row = db.Prepare("SELECT user_id FROM room_creators WHERE app = ? ORDER BY since, user_id").Bind(app.Value);
            var users = new List<UserId>();
            while (row.Step()) users.Add(new(row.Text(0)));
            return users;
        }, ct);

    private static Room? FindRoom(SqlSession db, AppId app, RoomId id)
    {
        var row = db.Prepare(
            """
            SELECT number, type, name, description, avatar, announcement, extra, owner, capacity, replay, created_at, muted_until
            FROM rooms WHERE app = ? AND id = ? AND is_ended = 0
            """).Bind(app.Value).Bind(id.Value);
        Room? room = null;
        if (row.Step())
        {
            room = new Room
            {
                App = app,
                Id = id,
                Number = row.Int32(0),
                Type = new(row.Text(1)),
                Name = row.Text(2),
                Description = row.Text(3),
                Avatar = row.Text(4),
                Announcement = row.Text(5),
                Extra = row.Text(6),
                Owner = new(row.Text(7)),
                Capacity = row.Int32(8),
                Replay = row.Int32(9),
                CreatedAt = row.Int64(10),
                MutedUntil = row.Int64(11),
            };
        }

        row.Reset();
        return room;
    }

    private static RoomSheet Standings(SqlSession db, RoomSheet sheet)
    {
        var row = db.Prepare("SELECT standing, subject, ends_at FROM room_standings WHERE app = ? AND room = ?")
            .Bind(sheet.Room.App.Value).Bind(sheet.Room.Id.Value);
        var all = new List<(RoomStanding Standing, string Subject, long Until)>();
        while (row.Step()) all.Add(((RoomStanding)row.Int32(0), row.Text(1), row.Int64(2)));
        foreach (var alike in all.GroupBy(one => (one.Standing, one.Until)))
            sheet = sheet.Adding(alike.Key.Standing, alike.Select(one => one.Subject), alike.Key.Until);
        return sheet;
    }

    private static RoomSheet Attributes(SqlSession db, RoomSheet sheet)
    {
        var row = db.Prepare("SELECT name, content, writer, drops_with_writer FROM room_attributes WHERE app = ? AND room = ?")
            .Bind(sheet.Room.App.Value).Bind(sheet.Room.Id.Value);
        var attributes = sheet.Attributes.ToBuilder();
        while (row.Step()) attributes[row.Text(0)] = new(row.Text(0), row.Text(1), new(row.Text(2)), row.Bool(3));
        return sheet with { Attributes = attributes.ToImmutable() };
    }
}
