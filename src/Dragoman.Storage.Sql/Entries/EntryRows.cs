using System.Text.Json;
using System.Text.Json.Serialization;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Entries;

/// <summary>Entries as rows.</summary>
internal static class EntryRows
{
    public const int ColumnCount = 12;
    public const string Columns = "id, seq, sent_at, sender, origin, content, flags, client_key, recall, body, type, edit";

    /// <summary><see cref="Columns"/> of a table that goes by another name.</summary>
    public static string ColumnsOf(string table) => string.Join(", ", Columns.Split(", ").Select(column => $"{table}.{column}"));

    public static void Insert(SqlSession db, Entry entry, long log) =>
        db.Prepare(
            "INSERT INTO entries (id, log, seq, sent_at, sender, origin, content, flags, client_key, body, type) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(entry.Id.Value).Bind(log).Bind(entry.Sequence).Bind(entry.SentAt).Bind(entry.Sender.Value)
            .Bind(entry.Origin.Value).Bind((long)entry.Content).Bind((long)entry.Flags)
            .Bind(entry.ClientKey.Span).Bind(entry.Body.Span).Bind(entry.Type)
            .Run();

    public static void MarkRecalled(SqlSession db, long log, long sequence, RecallMark mark) =>
        db.Prepare("UPDATE entries SET flags = flags | ?, recall = ? WHERE log = ? AND seq = ?")
            .Bind((long)EntryFlags.Recalled).Bind(JsonSerializer.Serialize(mark, EntryJson.Default.RecallMark)).Bind(log).Bind(sequence)
            .Run();

    /// <summary>Keeps the body that the message has and gives it the new one.</summary>
    /// <returns>False when it is gone, or when its next version is there already.</returns>
    public static bool Edit(SqlSession db, long conversation, EditEntry change)
    {
        var (entry, former) = (change.Entry, change.Former);
        var isKept = db.Prepare(
            """
            INSERT INTO entry_edits (app, conv, seq, version, editor, edited_at, origin, content, type, body)
            SELECT ?, ?, ?, ?, ?, ?, origin, content, type, body FROM entries WHERE log = ? AND seq = ? AND flags & ? = 0
            ON CONFLICT (app, conv, seq, version) DO NOTHING RETURNING version
            """)
            .Bind(change.App.Value).Bind(conversation).Bind(entry.Sequence).Bind((long)former.Version).Bind(former.By).Bind(former.At)
            .Bind(conversation * 2).Bind(entry.Sequence).Bind((long)(EntryFlags.Recalled | EntryFlags.Erased))
            .Any();
        if (!isKept) return false;

        db.Prepare("UPDATE entries SET flags = flags | ?, origin = ?, content = ?, type = ?, body = ?, edit = ? WHERE log = ? AND seq = ?")
            .Bind((long)EntryFlags.Edited).Bind((long)entry.Origin.Value).Bind((long)entry.Content).Bind((long)entry.Type).Bind(entry.Body.Span)
            .Bind(JsonSerializer.Serialize(entry.Edit!, EntryJson.Default.EditMark)).Bind(conversation * 2).Bind(entry.Sequence)
            .Run();
        return true;
    }

    public static void AddFlag(SqlSession db, long log, long sequence, EntryFlags flag) =>
        db.Prepare("UPDATE entries SET flags = flags | ? WHERE log = ? AND seq = ? AND flags & ? = 0")
            .Bind((long)flag).Bind(log).Bind(sequence).Bind((long)flag).Run();

    public static void Erase(SqlSession db, long log, IReadOnlyList<long> sequences)
    {
        foreach (var sequence in sequences)
        {
            db.Prepare("UPDATE entries SET flags = flags | ?, body = ? WHERE log = ? AND seq = ?")
                .Bind((long)EntryFlags.Erased).Bind(ReadOnlySpan<byte>.Empty).Bind(log).Bind(sequence).Run();
        }
    }

    public static void Hide(SqlSession db, AppId app, UserId user, long conversation, IReadOnlyList<long> sequences)
    {
        foreach (var sequence in sequences)
        {
            db.Prepare("INSERT INTO hidden_entries (app, user_id, conv, seq) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .Bind(app.Value).Bind(user.Value).Bind(conversation).Bind(sequence).Run();
        }
    }

    /// <summary>Reads the row that the statement stands on; it selected <see cref="Columns"/>, after <paramref name="first"/> others.</summary>
    public static Entry Read(SqlStatement row, ConversationKey conversation, LogChannel channel, int first = 0)
    {
        var origin = new DialectId((byte)row.Int32(first + 4));
        var body = row.Bytes(first + 9);
        var entry = new Entry
        {
            Conversation = conversation,
            Channel = channel,
            Sender = new(row.Text(first + 3)),
            Origin = origin,
            Content = (ContentKind)row.Int32(first + 5),
            Flags = (EntryFlags)row.Int32(first + 6),
            Type = row.Int32(first + 10),
            ClientKey = row.Bytes(first + 7),
            Body = body,
            Recall = row.IsNull(first + 8) ? null : JsonSerializer.Deserialize(row.Text(first + 8), EntryJson.Default.RecallMark),
            Edit = row.IsNull(first + 11) ? null : JsonSerializer.Deserialize(row.Text(first + 11), EntryJson.Default.EditMark),
            Notice = origin == DialectId.Engine && body.Length > 0 ? NoticeJson.Read(body) : null,
        };
        entry.Place(row.Int64(first + 1), new MessageId(row.Int64(first)), row.Int64(first + 2));
        return entry;
    }
}

[JsonSerializable(typeof(RecallMark))]
[JsonSerializable(typeof(EditMark))]
internal sealed partial class EntryJson : JsonSerializerContext;
