using Dragoman.Engine;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Accounts;

internal static class CredentialChanges
{
    public static void Enter(ChangeTable table)
    {
        table.On<PutPassword>((to, change) =>
            BindPassword(
                to.Db.Prepare(
                    """
                    INSERT INTO passwords (form, algorithm, rounds, salt, hash, changed_at, app, user_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (app, user_id) DO UPDATE
                    SET form = excluded.form, algorithm = excluded.algorithm, rounds = excluded.rounds, salt = excluded.salt, hash = excluded.hash,
                        changed_at = excluded.changed_at
                    """),
                change.Password).Bind(change.App.Value).Bind(change.User.Value).Run());
        table.OnClaim<ReplacePassword>((to, change) => Replace(to.Db, change) ? Condition.None : Condition.PasswordWrong);
        table.OnClaim<PutLoginName>((to, change) => Put(to.Db, change) ? Condition.None : LoginName.TakenOf(change.Name.Kind));
        table.On<RemoveLoginName>((to, change) => Remove(to.Db, change.App, change.User, change.Kind));
        table.OnClaim<SpendInvitation>((to, change) => Spend(to.Db, change) ? Condition.None : Condition.InvitationSpent);
    }

    private static bool Replace(SqlSession db, ReplacePassword change) =>
        BindPassword(
            db.Prepare(
                """
                UPDATE passwords SET form = ?, algorithm = ?, rounds = ?, salt = ?, hash = ?, changed_at = ?
                WHERE app = ? AND user_id = ? AND salt = ? RETURNING 1
                """),
            change.Password).Bind(change.App.Value).Bind(change.User.Value).Bind(change.Salt).Any();

    private static bool Put(SqlSession db, PutLoginName change)
    {
        Remove(db, change.App, change.User, change.Name.Kind);
        return db.Prepare("INSERT INTO login_names (app, kind, name, user_id) VALUES (?, ?, ?, ?) ON CONFLICT (app, kind, name) DO NOTHING RETURNING 1")
            .Bind(change.App.Value).Bind((long)change.Name.Kind).Bind(change.Name.Value).Bind(change.User.Value).Any();
    }

    private static void Remove(SqlSession db, AppId app, UserId user, LoginNameKind kind) =>
        db.Prepare("DELETE FROM login_names WHERE app = ? AND user_id = ? AND kind = ?").Bind(app.Value).Bind(user.Value).Bind((long)kind).Run();

    private static bool Spend(SqlSession db, SpendInvitation change) =>
        db.Prepare("INSERT INTO spent_invitations (app, invitation, user_id, spent_at) VALUES (?, ?, ?, ?) ON CONFLICT (app, invitation) DO NOTHING RETURNING 1")
            .Bind(change.App.Value).Bind(change.Invitation).Bind(change.User.Value).Bind(change.At).Any();

    private static SqlStatement BindPassword(SqlStatement statement, StoredPassword password) =>
        statement.Bind(password.Form).Bind(password.Algorithm).Bind(password.Rounds).Bind(password.Salt).Bind(password.Hash).Bind(password.ChangedAt);
}
