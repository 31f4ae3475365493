using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Receipts;

internal static class ReceiptChanges
{
    public static void Enter(ChangeTable table) =>
        table.On<PutReceipt>((to, change) => to.Db
            .Prepare("INSERT INTO receipts (app, conv, seq, reader, read_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (app, conv, seq, reader) DO NOTHING")
            .Bind(change.App.Value).Bind(to.IdOf(change.Conversation)).Bind(change.Sequence).Bind(change.Receipt.Reader.Value).Bind(change.Receipt.At)
            .Run());
}
