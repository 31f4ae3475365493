using System.Collections.Immutable;
using System.Text.Json;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;

namespace Dragoman.Storage.Sql.Accounts;

/// <summary>Writes of accounts and grants, inside the log writer's transaction.</summary>
internal static class AccountRows
{
    /// <param name="isFolded">Or when another id differs from it in nothing but case.</param>
    /// <returns>False when the id is taken.</returns>
    public static bool Create(SqlSession db, Account account, bool isFolded)
    {
        if (isFolded && db.Prepare("SELECT 1 FROM accounts WHERE app = ? AND lower(user_id) = ?")
            .Bind(account.App.Value).Bind(NameFolding.Fold(account.Id.Value)).Any()) return false;

        // Whoever had the id before has no part in it: what was issued for him is void.
        account = account with { InvalidBefore = Math.Max(account.InvalidBefore, Erasure.DeletedAt(db, account.App, account.Id)) };
        var statement = db.Prepare(
            """
            INSERT INTO accounts (
                app, user_id, nickname, avatar, extra, role, receive, adding, traits, profile, fields, state, invalid_before, updated_at, quiet, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (app, user_id) DO NOTHING RETURNING number
            """);
        statement.Bind(account.App.Value).Bind(account.Id.Value);
        BindProfile(statement, account).Bind(account.CreatedAt);
        var isNew = statement.Step();
        statement.Reset();
        return isNew;
    }

    public static void Put(SqlSession db, Account account)
    {
        var statement = db.Prepare(
            """
            UPDATE accounts
            SET nickname = ?, avatar = ?, extra = ?, role = ?, receive = ?, adding = ?, traits = ?, profile = ?, fields = ?,
                state = ?, invalid_before = ?, updated_at = ?, quiet = ?
            WHERE app = ? AND user_id = ?
            """);
        BindProfile(statement, account).Bind(account.App.Value).Bind(account.Id.Value).Run();
    }

    public static void Put(SqlSession db, AppId app, Grant grant) =>
        db.Prepare(
            """
            INSERT INTO grants (app, user_id, dialect, slot, key, state, issued_at, expires_at, usable_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, user_id, slot, key) DO UPDATE
            SET state = excluded.state, issued_at = excluded.issued_at, expires_at = excluded.expires_at, usable_until = excluded.usable_until
            """)
            .Bind(app.Value).Bind(grant.User.Value).Bind(grant.Slot.Dialect.Value).Bind(grant.Slot.Value).Bind(grant.Key.ToArray())
            .Bind((long)grant.State).Bind(grant.IssuedAt).Bind(grant.ExpiresAt).Bind(grant.UsableUntil)
            .Run();

    public static void Remove(SqlSession db, RemoveGrants change)
    {
        foreach (var key in change.Keys)
        {
            db.Prepare("DELETE FROM grants WHERE app = ? AND user_id = ? AND key = ?")
                .Bind(change.App.Value).Bind(change.User.Value).Bind(key.ToArray()).Run();
        }
    }

    private static SqlStatement BindProfile(SqlStatement statement, Account account) =>
        statement.Bind(account.Nickname).Bind(account.Avatar).Bind(account.Extra)
            .Bind((long)account.Role).Bind((long)account.Receive).Bind((long)account.Adding).Bind(Traits.Write(account.Traits))
            .Bind(Traits.Write(account.Profile)).Bind(Traits.Write(account.Fields))
            .Bind((long)account.State).Bind(account.InvalidBefore).Bind(account.UpdatedAt).Bind(account.Quiet.Write());
}

/// <summary>Traits, and fields of profiles, as the JSON object that they are stored as; nothing is the empty text.</summary>
internal static class Traits
{
    public static string Write(ImmutableDictionary<string, string> traits) =>
        traits.IsEmpty ? "" : JsonSerializer.Serialize(traits.ToDictionary());

    public static ImmutableDictionary<string, string> Read(string json) =>
        json.Length == 0
            ? ImmutableDictionary<string, string>.Empty
            : JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.ToImmutableDictionary();
}
