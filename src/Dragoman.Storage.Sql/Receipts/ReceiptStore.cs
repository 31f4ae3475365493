using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Conversations;

namespace Dragoman.Storage.Sql.Receipts;

internal sealed class ReceiptStore(ISqlReaders readers) : IReceiptStore
{
    public ValueTask<(int Count, bool HasRead)> CountAsync(ConversationKey conversation, long sequence, UserId reader, CancellationToken ct) =>
        readers.ReadAsync((conversation, sequence, reader), static (db, q) =>
        {
            var id = ConversationRows.FindId(db, q.conversation);
            var count = db.Prepare("SELECT count(*) FROM receipts WHERE app = ? AND conv = ? AND seq = ?")
                .Bind(q.conversation.App.Value).Bind(id).Bind(q.sequence).ScalarOr(0);
            var own = db.Prepare("SELECT count(*) FROM receipts WHERE app = ? AND conv = ? AND seq = ? AND reader = ?")
                .Bind(q.conversation.App.Value).Bind(id).Bind(q.sequence).Bind(q.reader.Value).ScalarOr(0);
            return ((int)count, own > 0);
        }, ct);

    public ValueTask<IReadOnlyList<GroupReceipt>> PageAsync(ConversationKey conversation, long sequence, string after, int limit, CancellationToken ct) =>
        readers.ReadAsync<(ConversationKey Conversation, long Sequence, string After, int Limit), IReadOnlyList<GroupReceipt>>(
            (conversation, sequence, after, limit), static (db, q) =>
            {
                var row = db.Prepare("SELECT reader, read_at FROM receipts WHERE app = ? AND conv = ? AND seq = ? AND reader > ? ORDER BY reader LIMIT ?")
                    .Bind(q.Conversation.App.Value).Bind(ConversationRows.FindId(db, q.Conversation)).Bind(q.Sequence).Bind(q.After).Bind(q.Limit);
                var page = new List<GroupReceipt>();
                while (row.Step()) page.Add(new(new(row.Text(0)), row.Int64(1)));
                return page;
            },
            ct);
}
