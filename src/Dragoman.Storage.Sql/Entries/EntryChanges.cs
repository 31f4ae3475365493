using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Entries;

internal static class EntryChanges
{
    public static void Enter(ChangeTable table)
    {
        table.On<MarkRecalled>((to, change) =>
            EntryRows.MarkRecalled(to.Db, to.IdOf(change.Conversation) * 2, change.Sequence, change.Mark));
        table.On<HideEntries>((to, change) =>
            EntryRows.Hide(to.Db, change.App, change.User, to.IdOf(change.Conversation), change.Sequences));
        table.On<EraseEntries>((to, change) => EntryRows.Erase(to.Db, to.IdOf(change.Conversation) * 2, change.Sequences));
    }
}
