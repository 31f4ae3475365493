using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Entries;

internal static class EntryChanges
{
    public static void Enter(ChangeTable table)
    {
        table.On<MarkRecalled>((to, change) =>
        {
            var conversation = to.IdOf(change.Conversation);
            EntryRows.MarkRecalled(to.Db, conversation * 2, change.Sequence, change.Mark);
            EntryState.Drop(to.Db, change.App, conversation, [change.Sequence]);
        });
        table.OnClaim<EditEntry>((to, change) => EntryRows.Edit(to.Db, to.IdOf(change.Entry.Conversation), change) ? Condition.None : Condition.EditConflict);
        table.OnClaim<PutReaction>((to, change) => EntryState.React(to.Db, to.IdOf(change.Conversation), change) ? Condition.None : Condition.ReactionExists);
        table.On<TakeReaction>((to, change) => EntryState.Unreact(to.Db, to.IdOf(change.Conversation), change));
        table.On<PutPin>((to, change) => EntryState.Pin(to.Db, to.IdOf(change.Conversation), change));
        table.On<TakePin>((to, change) => EntryState.Unpin(to.Db, to.IdOf(change.Conversation), change));
        table.On<HideEntries>((to, change) =>
            EntryRows.Hide(to.Db, change.App, change.User, to.IdOf(change.Conversation), change.Sequences));
        table.On<EraseEntries>((to, change) =>
        {
            var conversation = to.IdOf(change.Conversation);
            EntryRows.Erase(to.Db, conversation * 2, change.Sequences);
            EntryState.Drop(to.Db, change.App, conversation, change.Sequences);
        });
    }
}
