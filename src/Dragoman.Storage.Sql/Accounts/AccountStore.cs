using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;

namespace Dragoman.Storage.Sql.Accounts;

internal sealed class AccountStore(ISqlReaders readers) : IAccountStore
{
    /// <summary>A pattern that no profile has: a brace too many.</summary>
    private const string Nothing = "{{";

    private const string Columns =
        "user_id, number, nickname, avatar, extra, role, receive, traits, created_at, adding, profile, fields, state, invalid_before, updated_at, quiet";

    public ValueTask<Account?> FindAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync((app, user), static (db, key) =>
        {
            var row = db.Prepare($"SELECT {Columns} FROM accounts WHERE app = ? AND user_id = ?").Bind(key.app.Value).Bind(key.user.Value);
            var account = row.Step() ? Read(row, key.app) : null;
            row.Reset();
            return account;
        }, ct);

    public ValueTask<IReadOnlyList<UserId>> FindAlikeAsync(AppId app, string folded, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, string Folded), IReadOnlyList<UserId>>((app, folded), static (db, key) =>
        {
            var rows = db.Prepare("SELECT user_id FROM accounts WHERE app = ? AND lower(user_id) = ? LIMIT 2").Bind(key.App.Value).Bind(key.Folded);
            var found = new List<UserId>();
            while (rows.Step()) found.Add(new(rows.Text(0)));
            return found;
        }, ct);

    public ValueTask<Account?> FindByNumberAsync(AppId app, long number, CancellationToken ct) =>
        readers.ReadAsync((app, number), static (db, key) =>
        {
            var row = db.Prepare($"SELECT {Columns} FROM accounts WHERE number = ? AND app = ?").Bind(key.number).Bind(key.app.Value);
            var account = row.Step() ? Read(row, key.app) : null;
            row.Reset();
            return account;
        }, ct);

    public ValueTask<(long Total, IReadOnlyList<Account> Page)> PageAsync(
        AppId app, AccountQuery query, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, AccountQuery Query, long Skip, int Take), (long, IReadOnlyList<Account>)>((app, query, skip, take), static (db, q) =>
        {
            var matches =
                $"""
                FROM accounts WHERE app = ? AND user_id LIKE ? ESCAPE '\' AND nickname LIKE ? ESCAPE '\'
                  AND (user_id LIKE ? ESCAPE '\' OR nickname LIKE ? ESCAPE '\' OR user_id IN ({SqlLists.Placeholders(q.Query.OrUsers.Count)}))
                  AND (? = 0 OR role IN (?, ?, ?)) AND (? = 0 OR state = 0)
                  AND (? = 0 OR profile LIKE ? ESCAPE '\' OR profile LIKE ? ESCAPE '\' OR (? = 1 AND profile NOT LIKE ? ESCAPE '\'))
                """;
            var total = Bind(db.Prepare($"SELECT count(*) {matches}"), q.App, q.Query).ScalarOr(0);
            var row = Bind(db.Prepare($"SELECT {Columns} {matches} ORDER BY number LIMIT ? OFFSET ?"), q.App, q.Query).Bind(q.Take).Bind(q.Skip);
            var page = new List<Account>();
            while (row.Step()) page.Add(Read(row, q.App));
            return (total, page);
        }, ct);

    public ValueTask<(long Total, IReadOnlyList<UserId> Page)> PageIdsAsync(AppId app, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, long Skip, int Take), (long, IReadOnlyList<UserId>)>((app, skip, take), static (db, q) =>
        {
            var total = db.Prepare("SELECT count(*) FROM accounts WHERE app = ?").Bind(q.App.Value).ScalarOr(0);
            var row = db.Prepare("SELECT user_id FROM accounts WHERE app = ? ORDER BY number LIMIT ? OFFSET ?").Bind(q.App.Value).Bind(q.Take).Bind(q.Skip);
            var page = new List<UserId>();
            while (row.Step()) page.Add(new(row.Text(0)));
            return (total, page);
        }, ct);

    public ValueTask<CountByDay> CountCreatedAsync(AppId app, long from, long to, CancellationToken ct) =>
        readers.ReadAsync((app, from, to), static (db, q) => CreationCounts.Of(db, "accounts", q.app.Value, q.from, q.to), ct);

    public ValueTask<long> ProfileSizeAsync(AppId app, CancellationToken ct) =>
        readers.ReadAsync(app, static (db, app) =>
            db.Prepare(
                """
                SELECT coalesce(sum(length(nickname) + length(avatar) + length(extra) + length(profile) + length(fields)), 0)
                FROM accounts WHERE app = ?
                """).Bind(app.Value).ScalarOr(0), ct);

    public ValueTask<IReadOnlyList<Grant>> GrantsAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User), IReadOnlyList<Grant>>((app, user), static (db, key) =>
        {
            var statement = db.Prepare(
                "SELECT slot, key, state, issued_at, expires_at, usable_until, dialect FROM grants WHERE app = ? AND user_id = ?")
                .Bind(key.App.Value).Bind(key.User.Value);
            var grants = new List<Grant>();
            while (statement.Step())
            {
                grants.Add(new(
                    key.User,
                    new DeviceSlot(new DialectId((byte)statement.Int32(6)), statement.Int32(0)),
                    GrantKey.FromBytes(statement.Bytes(1)),
                    (GrantState)statement.Int32(2),
                    statement.Int64(3),
                    statement.Int64(4),
                    statement.Int64(5)));
            }

            return grants;
        }, ct);

    public ValueTask<int?> LastActiveDayAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User), int?>((app, user), static (db, key) =>
        {
            var day = db.Prepare("SELECT day FROM active_users WHERE app = ? AND user_id = ?").Bind(key.App.Value).Bind(key.User.Value).ScalarOr(-1);
            return day < 0 ? null : (int)day;
        }, ct);

    public ValueTask<int> CountActiveAsync(AppId app, int since, CancellationToken ct) =>
        readers.ReadAsync((app, since), static (db, key) =>
            (int)db.Prepare("SELECT count(*) FROM active_users WHERE app = ? AND day >= ?").Bind(key.app.Value).Bind(key.since).ScalarOr(0), ct);

    private static SqlStatement Bind(SqlStatement statement, AppId app, AccountQuery query)
    {
        AccountRole RoleAt(int i) => query.Roles[Math.Min(i, query.Roles.Length - 1)];
        statement.Bind(app.Value)
            .Bind(SqlPatterns.Containing(query.IdPart)).Bind(SqlPatterns.Containing(query.NicknamePart))
            .Bind(SqlPatterns.Containing(query.AnyPart)).Bind(SqlPatterns.Containing(query.AnyPart))
            .BindAll([.. query.OrUsers.Select(user => user.Value)])
            .Bind(query.Roles.Length);
        for (var i = 0; i < 3; i++) statement.Bind(query.Roles.Length == 0 ? 0 : (long)RoleAt(i));

        statement.Bind(query.OnlyLiving).Bind(query.Genders.Count);
        foreach (var gender in new[] { "1", "2" }) statement.Bind(query.Genders.Contains(gender, StringComparer.Ordinal) ? GenderIs(gender) : Nothing);
        return statement.Bind(query.Genders.Contains("", StringComparer.Ordinal)).Bind(SqlPatterns.Containing($"\"{ProfileKeys.Gender}\":"));
    }

    /// <summary>What a profile with this gender has in its JSON; quotes inside of values are escaped there, so nothing else looks like it.</summary>
    private static string GenderIs(string gender) => SqlPatterns.Containing($"\"{ProfileKeys.Gender}\":\"{gender}\"");

    private static Account Read(SqlStatement row, AppId app) => new()
    {
        App = app,
        Id = new(row.Text(0)),
        Number = row.Int64(1),
        Nickname = row.Text(2),
        Avatar = row.Text(3),
        Extra = row.Text(4),
        Role = (AccountRole)row.Int32(5),
        Receive = (ReceiveOption)row.Int32(6),
        Traits = Traits.Read(row.Text(7)),
        CreatedAt = row.Int64(8),
        Adding = (AddMode)row.Int32(9),
        Profile = Traits.Read(row.Text(10)),
        Fields = Traits.Read(row.Text(11)),
        State = (AccountState)row.Int32(12),
        InvalidBefore = row.Int64(13),
        UpdatedAt = row.Int64(14),
        Quiet = QuietHours.Read(row.Text(15)),
    };
}
