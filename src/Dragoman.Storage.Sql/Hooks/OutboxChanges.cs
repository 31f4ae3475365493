using Dragoman.Engine.Hooks;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Hooks;

internal static class OutboxChanges
{
    public static void Enter(ChangeTable table)
    {
        // After the entries: an event that is an entry is stored with the entry's place.
        table.AfterEntries<EnqueueHook>((to, change) =>
            to.Db.Prepare("INSERT INTO outbox (app, sink, event, created_at, due_at, tries) VALUES (?, ?, ?, ?, ?, 0)")
                .Bind(change.App.Value).Bind(change.Sink.Value).Bind(HookEventJson.Write(change.Event)).Bind(to.Now).Bind(to.Now)
                .Run());
        table.On<SettleHooks>(Settle);
        table.On<RecallHooks>((to, change) => to.Db.Prepare("UPDATE outbox SET due_at = ? WHERE due_at > ?").Bind(change.DueAt).Bind(change.DueAt).Run());
    }

    private static void Settle(WriteScope to, SettleHooks change)
    {
        foreach (var id in change.Done) to.Db.Prepare("DELETE FROM outbox WHERE id = ?").Bind(id).Run();
        foreach (var (id, dueAt) in change.Again)
            to.Db.Prepare("UPDATE outbox SET due_at = ?, tries = tries + 1 WHERE id = ?").Bind(dueAt).Bind(id).Run();
        foreach (var (id, dueAt) in change.PutOff) to.Db.Prepare("UPDATE outbox SET due_at = ? WHERE id = ?").Bind(dueAt).Bind(id).Run();
    }
}
