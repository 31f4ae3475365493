using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Accounts;

internal static class AccountChanges
{
    public static void Enter(ChangeTable table)
    {
        table.OnClaim<CreateAccount>((to, change) => AccountRows.Create(to.Db, change.Account, change.IsFolded) ? Condition.None : Condition.AccountExists);
        table.On<EraseAccount>(Erasure.Erase);
        table.On<PutAccount>((to, change) => AccountRows.Put(to.Db, change.Account));
        table.On<PutActiveDay>((to, change) =>
            to.Db.Prepare("INSERT INTO active_users (app, user_id, day) VALUES (?, ?, ?) ON CONFLICT (app, user_id) DO UPDATE SET day = excluded.day")
                .Bind(change.App.Value).Bind(change.User.Value).Bind(change.Day).Run());
        table.On<PutGrant>((to, change) => AccountRows.Put(to.Db, change.App, change.Grant));
        table.On<RemoveGrants>((to, change) => AccountRows.Remove(to.Db, change));
    }
}
