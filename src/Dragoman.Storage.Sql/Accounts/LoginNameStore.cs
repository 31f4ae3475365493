using Dragoman.Engine;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Accounts;

internal sealed class LoginNameStore(ISqlReaders readers) : ILoginNameStore
{
    public ValueTask<UserId?> FindAsync(AppId app, LoginName name, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, LoginName Name), UserId?>((app, name), static (db, key) =>
        {
            var row = db.Prepare("SELECT user_id FROM login_names WHERE app = ? AND kind = ? AND name = ?")
                .Bind(key.App.Value).Bind((long)key.Name.Kind).Bind(key.Name.Value);
            UserId? user = row.Step() ? new UserId(row.Text(0)) : null;
            row.Reset();
            return user;
        }, ct);

    public ValueTask<IReadOnlyList<UserId>> FindByEndAsync(AppId app, LoginName end, int maxBefore, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, LoginName End, int MaxBefore), IReadOnlyList<UserId>>((app, end, maxBefore), static (db, key) =>
        {
            var row = db.Prepare(
                """
                SELECT user_id FROM login_names WHERE app = ? AND kind = ? AND name LIKE ? ESCAPE '\' AND length(name) <= ?
                ORDER BY name LIMIT 100
                """)
                .Bind(key.App.Value).Bind((long)key.End.Kind).Bind(SqlPatterns.EndingIn(key.End.Value)).Bind(key.End.Value.Length + key.MaxBefore);
            var users = new List<UserId>();
            while (row.Step()) users.Add(new(row.Text(0)));
            return users;
        }, ct);

    public ValueTask<IReadOnlyList<LoginName>> OfAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User), IReadOnlyList<LoginName>>((app, user), static (db, key) =>
        {
            var row = db.Prepare("SELECT kind, name FROM login_names WHERE app = ? AND user_id = ? ORDER BY kind")
                .Bind(key.App.Value).Bind(key.User.Value);
            var names = new List<LoginName>();
            while (row.Step()) names.Add(new((LoginNameKind)row.Int32(0), row.Text(1)));
            return names;
        }, ct);

    public ValueTask<bool> IsSpentAsync(AppId app, string invitation, CancellationToken ct) =>
        readers.ReadAsync((app, invitation), static (db, key) =>
            db.Prepare("SELECT 1 FROM spent_invitations WHERE app = ? AND invitation = ?").Bind(key.app.Value).Bind(key.invitation).Any(), ct);
}
