using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Conversations;

internal static class ConversationChanges
{
    public static void Enter(ChangeTable table)
    {
        table.On<PutUserConversation>((to, change) => ConversationRows.Put(to.Db, change.State, to.IdOf(change.State.Conversation)));
        table.On<ListConversation>((to, change) =>
            ConversationRows.AddUser(to.Db, change.Conversation, change.User, to.IdOf(change.Conversation), to.Now));
        table.On<SetConversationLook>((to, change) =>
        {
            foreach (var user in change.Users) ConversationRows.SetLook(to.Db, change.App, user, to.IdOf(change.Conversation), change.Look);
        });
        table.On<HideConversation>((to, change) =>
            ConversationRows.HideFor(to.Db, change.App, change.User, change.Conversation, to.IdOf(change.Conversation), change.Timeline));
        table.On<CutConversation>((to, change) => ConversationRows.Cut(to.Db, to.IdOf(change.Conversation), change.First));
        table.On<AdvanceRead>((to, change) =>
            ConversationRows.AdvanceRead(to.Db, change.App, change.User, to.IdOf(change.Conversation), change.ReadSequence));
        table.On<MarkMentioned>((to, change) =>
        {
            foreach (var user in change.Users) ConversationRows.Mention(to.Db, user, change.Conversation, to.IdOf(change.Conversation), change.Mark);
        });
    }
}
