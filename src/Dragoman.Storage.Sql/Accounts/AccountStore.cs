using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;

namespace Dragoman.Storage.Sql.Accounts;

internal sealed class AccountStore(ISqlReaders readers) : IAccountStore
{
    public ValueTask<Account?> FindAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync((app, user), static (db, key) =>
        {
            var statement = db.Prepare(
                """
                SELECT number, nickname, avatar, extra, role, receive, traits, created_at, adding
                FROM accounts WHERE app = ? AND user_id = ?
                """).Bind(key.app.Value).Bind(key.user.Value);
            Account? account = null;
            if (statement.Step())
            {
                account = new Account
                {
                    App = key.app,
                    Id = key.user,
                    Number = statement.Int64(0),
                    Nickname = statement.Text(1),
                    Avatar = statement.Text(2),
                    Extra = statement.Text(3),
                    Role = (AccountRole)statement.Int32(4),
                    Receive = (ReceiveOption)statement.Int32(5),
                    Traits = Traits.Read(statement.Text(6)),
                    CreatedAt = statement.Int64(7),
                    Adding = (AddMode)statement.Int32(8),
                };
            }

            statement.Reset();
            return account;
        }, ct);

    public ValueTask<IReadOnlyList<Grant>> GrantsAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User), IReadOnlyList<Grant>>((app, user), static (db, key) =>
        {
            var statement = db.Prepare(
                "SELECT slot, key, state, issued_at, expires_at, usable_until FROM grants WHERE app = ? AND user_id = ?")
                .Bind(key.App.Value).Bind(key.User.Value);
            var grants = new List<Grant>();
            while (statement.Step())
            {
                grants.Add(new(
                    key.User,
                    new DeviceSlot(statement.Int32(0)),
                    GrantKey.FromBytes(statement.Bytes(1)),
                    (GrantState)statement.Int32(2),
                    statement.Int64(3),
                    statement.Int64(4),
                    statement.Int64(5)));
            }

            return grants;
        }, ct);
}
