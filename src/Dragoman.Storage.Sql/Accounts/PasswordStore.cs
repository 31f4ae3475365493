using Dragoman.Engine;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Accounts;

internal sealed class PasswordStore(ISqlReaders readers) : IPasswordStore
{
    public ValueTask<StoredPassword?> FindAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync((app, user), static (db, key) =>
        {
            var row = db.Prepare("SELECT form, algorithm, rounds, salt, hash, changed_at FROM passwords WHERE app = ? AND user_id = ?")
                .Bind(key.app.Value).Bind(key.user.Value);
            var password = row.Step()
                ? new StoredPassword(row.Text(0), row.Text(1), row.Int32(2), row.Bytes(3), row.Bytes(4), row.Int64(5))
                : null;
            row.Reset();
            return password;
        }, ct);
}
