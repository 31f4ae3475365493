using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using Dragoman.Storage.Sql.Accounts;

namespace Dragoman.Storage.Sql.Relations;

internal sealed class FriendRequestStore(ISqlReaders readers) : IFriendRequestStore
{
    private const string Columns =
        "sender, receiver, message, extra, state, requested_at, handled_at, handler, answer, traits";

    /// <summary>State 0 is pending.</summary>
    private const string Lives = "(state <> 0 OR requested_at >= ?)";

    public ValueTask<FriendRequest?> FindAsync(AppId app, UserId from, UserId to, long pendingSince, CancellationToken ct) =>
        readers.ReadAsync((app, from, to, pendingSince), static (db, q) =>
        {
            var row = db.Prepare($"SELECT {Columns} FROM friend_requests WHERE app = ? AND sender = ? AND receiver = ? AND {Lives}")
                .Bind(q.app.Value).Bind(q.from.Value).Bind(q.to.Value).Bind(q.pendingSince);
            var request = row.Step() ? Read(row) : null;
            row.Reset();
            return request;
        }, ct);

    public ValueTask<IReadOnlyList<FriendRequest>> ListAsync(AppId app, FriendRequestQuery query, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, FriendRequestQuery Query, long Skip, int Take), IReadOnlyList<FriendRequest>>((app, query, skip, take), static (db, q) =>
        {
            var rows = Prepare(db, Columns, "ORDER BY requested_at DESC, sender, receiver LIMIT ? OFFSET ?", q.App, q.Query)
                .Bind(q.Take).Bind(q.Skip);
            var requests = new List<FriendRequest>();
            while (rows.Step()) requests.Add(Read(rows));
            return requests;
        }, ct);

    public ValueTask<int> CountAsync(AppId app, FriendRequestQuery query, CancellationToken ct) =>
        readers.ReadAsync((app, query), static (db, q) => (int)Prepare(db, "count(*)", "", q.app, q.query).ScalarOr(0), ct);

    private static SqlStatement Prepare(SqlSession db, string columns, string end, AppId app, FriendRequestQuery query)
    {
        var side = query.Side == FriendRequestSide.Received ? "receiver" : "sender";
        return db.Prepare(
            $"""
            SELECT {columns} FROM friend_requests
            WHERE app = ? AND {side} = ? AND requested_at >= ? AND state IN (?, ?, ?) AND {Lives} {end}
            """)
            .Bind(app.Value).Bind(query.User.Value).Bind(query.Since)
            .Bind(Wanted(query.States, FriendRequestStates.Pending, FriendRequestState.Pending))
            .Bind(Wanted(query.States, FriendRequestStates.Accepted, FriendRequestState.Accepted))
            .Bind(Wanted(query.States, FriendRequestStates.Refused, FriendRequestState.Refused))
            .Bind(query.PendingSince);
    }

    /// <summary>The state, or a number that no state has.</summary>
    private static long Wanted(FriendRequestStates states, FriendRequestStates flag, FriendRequestState state) =>
        (states & flag) != 0 ? (long)state : -1;

    private static FriendRequest Read(SqlStatement row) => new()
    {
        From = new(row.Text(0)),
        To = new(row.Text(1)),
        Message = row.Text(2),
        Extra = row.Text(3),
        State = (FriendRequestState)row.Int32(4),
        RequestedAt = row.Int64(5),
        HandledAt = row.Int64(6),
        Handler = row.Text(7),
        Answer = row.Text(8),
        Traits = Traits.Read(row.Text(9)),
    };
}
