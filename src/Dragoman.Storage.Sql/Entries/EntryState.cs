using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Entries;

/// <summary>Writes of what people do to messages: reactions and pins, and former bodies when they go.</summary>
internal static class EntryState
{
    /// <returns>False when he has reacted so already.</returns>
    public static bool React(SqlSession db, long conversation, PutReaction change)
    {
        var isNew = db.Prepare(
            """
            INSERT INTO reactions (app, conv, seq, reaction, user_id, reacted_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, conv, seq, reaction, user_id) DO NOTHING RETURNING seq
            """)
            .Bind(change.App.Value).Bind(conversation).Bind(change.Sequence).Bind(change.Reaction).Bind(change.User.Value).Bind(change.At)
            .Any();
        if (isNew) EntryRows.AddFlag(db, conversation * 2, change.Sequence, EntryFlags.Reacted);
        return isNew;
    }

    public static void Unreact(SqlSession db, long conversation, TakeReaction change) =>
        db.Prepare("DELETE FROM reactions WHERE app = ? AND conv = ? AND seq = ? AND reaction = ? AND user_id = ?")
            .Bind(change.App.Value).Bind(conversation).Bind(change.Sequence).Bind(change.Reaction).Bind(change.User.Value).Run();

    public static void Pin(SqlSession db, long conversation, PutPin change) =>
        db.Prepare(
            """
            INSERT INTO pins (app, conv, seq, pinned_by, pinned_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (app, conv, seq) DO UPDATE SET pinned_by = excluded.pinned_by, pinned_at = excluded.pinned_at
            """)
            .Bind(change.App.Value).Bind(conversation).Bind(change.Sequence).Bind(change.By.Value).Bind(change.At).Run();

    public static void Unpin(SqlSession db, long conversation, TakePin change) =>
        db.Prepare("DELETE FROM pins WHERE app = ? AND conv = ? AND seq = ?").Bind(change.App.Value).Bind(conversation).Bind(change.Sequence).Run();

    /// <summary>Messages went: so does all that people did to them.</summary>
    public static void Drop(SqlSession db, AppId app, long conversation, IReadOnlyList<long> sequences)
    {
        foreach (var sequence in sequences)
        {
            db.Prepare("DELETE FROM reactions WHERE app = ? AND conv = ? AND seq = ?").Bind(app.Value).Bind(conversation).Bind(sequence).Run();
            db.Prepare("DELETE FROM pins WHERE app = ? AND conv = ? AND seq = ?").Bind(app.Value).Bind(conversation).Bind(sequence).Run();
            db.Prepare("DELETE FROM entry_edits WHERE app = ? AND conv = ? AND seq = ?").Bind(app.Value).Bind(conversation).Bind(sequence).Run();
        }
    }

    /// <summary>All messages of a conversation went.</summary>
    public static void DropAll(SqlSession db, AppId app, long conversation)
    {
        db.Prepare("DELETE FROM reactions WHERE app = ? AND conv = ?").Bind(app.Value).Bind(conversation).Run();
        db.Prepare("DELETE FROM pins WHERE app = ? AND conv = ?").Bind(app.Value).Bind(conversation).Run();
        db.Prepare("DELETE FROM entry_edits WHERE app = ? AND conv = ?").Bind(app.Value).Bind(conversation).Run();
    }

    public static void DropPins(SqlSession db, AppId app, long conversation, long upTo) =>
        db.Prepare("DELETE FROM pins WHERE app = ? AND conv = ? AND seq <= ?").Bind(app.Value).Bind(conversation).Bind(upTo).Run();
}
