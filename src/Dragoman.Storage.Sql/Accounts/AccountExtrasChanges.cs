using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Accounts;

/// <summary>Writes of what accounts keep besides themselves: favourites, client settings.</summary>
internal static class AccountExtrasChanges
{
    public static void Enter(ChangeTable table)
    {
        table.On<PutFavourite>((to, change) =>
        {
            var favourite = change.Favourite;
            to.Db.Prepare(
                """
                INSERT INTO favourites (app, user_id, type, id, value, extra, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (app, user_id, type, id) DO UPDATE SET value = excluded.value, extra = excluded.extra
                """)
                .Bind(change.App.Value).Bind(favourite.Owner.Value).Bind(favourite.Type).Bind(favourite.Id)
                .Bind(favourite.Value).Bind(favourite.Extra).Bind(favourite.CreatedAt).Run();
        });
        table.On<RemoveFavourite>((to, change) =>
            to.Db.Prepare("DELETE FROM favourites WHERE app = ? AND user_id = ? AND type = ? AND id = ?")
                .Bind(change.App.Value).Bind(change.Owner.Value).Bind(change.Type).Bind(change.Id).Run());
        table.On<PutClientSetting>((to, change) =>
            to.Db.Prepare(
                """
                INSERT INTO client_settings (app, user_id, name, value) VALUES (?, ?, ?, ?)
                ON CONFLICT (app, user_id, name) DO UPDATE SET value = excluded.value
                """)
                .Bind(change.App.Value).Bind(change.Setting.User.Value).Bind(change.Setting.Name).Bind(change.Setting.Value).Run());
        table.On<RemoveClientSettings>((to, change) =>
        {
            foreach (var name in change.Names)
            {
                to.Db.Prepare("DELETE FROM client_settings WHERE app = ? AND user_id = ? AND name = ?")
                    .Bind(change.App.Value).Bind(change.User.Value).Bind(name).Run();
            }
        });
    }
}
