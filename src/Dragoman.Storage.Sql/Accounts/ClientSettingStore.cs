using Dragoman.Engine;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Accounts;

internal sealed class ClientSettingStore(ISqlReaders readers) : IClientSettingStore
{
    public ValueTask<IReadOnlyList<ClientSetting>> OfAsync(AppId app, UserId user, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User), IReadOnlyList<ClientSetting>>((app, user), static (db, q) =>
            Read(db.Prepare("SELECT user_id, name, value FROM client_settings WHERE app = ? AND user_id = ? ORDER BY name")
                .Bind(q.App.Value).Bind(q.User.Value)), ct);

    public ValueTask<(long Total, IReadOnlyList<ClientSetting> Page)> PageAsync(
        AppId app, UserId user, string name, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, UserId User, string Name, long Skip, int Take), (long, IReadOnlyList<ClientSetting>)>(
            (app, user, name, skip, take),
            static (db, q) =>
            {
                const string matches = "FROM client_settings WHERE app = ? AND (? = '' OR user_id = ?) AND (? = '' OR name = ?)";
                SqlStatement Bind(string sql) =>
                    db.Prepare(sql).Bind(q.App.Value).Bind(q.User.Value).Bind(q.User.Value).Bind(q.Name).Bind(q.Name);
                var total = Bind($"SELECT count(*) {matches}").ScalarOr(0);
                return (total, Read(Bind($"SELECT user_id, name, value {matches} ORDER BY user_id, name LIMIT ? OFFSET ?").Bind(q.Take).Bind(q.Skip)));
            },
            ct);

    private static List<ClientSetting> Read(SqlStatement row)
    {
        var settings = new List<ClientSetting>();
        while (row.Step()) settings.Add(new(new UserId(row.Text(0)), row.Text(1), row.Text(2)));
        return settings;
    }
}
