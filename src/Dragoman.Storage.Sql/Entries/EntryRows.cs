using System.Text.Json;
using System.Text.Json.Serialization;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Storage.Sql.Entries;

/// <summary>Entries as rows.</summary>
internal static class EntryRows
{
    public const int ColumnCount = 11;
    public const string Columns = "id, seq, sent_at, sender, origin, content, flags, client_key, recall, body, type";

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
            Notice = origin == DialectId.Engine && body.Length > 0 ? NoticeJson.Read(body) : null,
        };
        entry.Place(row.Int64(first + 1), new MessageId(row.Int64(first)), row.Int64(first + 2));
        return entry;
    }
}

[JsonSerializable(typeof(RecallMark))]
internal sealed partial class EntryJson : JsonSerializerContext;
