using Dragoman.Engine;
using Dragoman.Engine.Relations;
using Dragoman.Storage.Sql.Accounts;

namespace Dragoman.Storage.Sql.Relations;

/// <summary>Writes of requests to be friends, inside the log writer's transaction.</summary>
internal static class FriendRequestRows
{
    public static void Put(SqlSession db, AppId app, FriendRequest request) =>
        db.Prepare(
            """
            INSERT INTO friend_requests (app, sender, receiver, message, extra, state, requested_at, handled_at, handler, answer, traits)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, sender, receiver) DO UPDATE
            SET message = excluded.message, extra = excluded.extra, state = excluded.state, requested_at = excluded.requested_at,
                handled_at = excluded.handled_at, handler = excluded.handler, answer = excluded.answer, traits = excluded.traits
            """)
            .Bind(app.Value).Bind(request.From.Value).Bind(request.To.Value)
            .Bind(request.Message).Bind(request.Extra).Bind((long)request.State)
            .Bind(request.RequestedAt).Bind(request.HandledAt).Bind(request.Handler).Bind(request.Answer).Bind(Traits.Write(request.Traits))
            .Run();
}
