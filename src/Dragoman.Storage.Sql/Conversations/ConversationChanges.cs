using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Conversations;

internal static class ConversationChanges
{
    public static void Enter(ChangeTable table)
    {
        table.On<PutUserConversation>((to, change) => ConversationRows.Put(to.Db, change.State, to.IdOf(change.State.Conversation)));
        table.On<AdvanceRead>((to, change) =>
            ConversationRows.AdvanceRead(to.Db, change.App, change.User, to.IdOf(change.Conversation), change.ReadSequence));
        table.On<MarkMentioned>((to, change) =>
        {
            foreach (var user in change.Users) ConversationRows.Mention(to.Db, change.App, user, to.IdOf(change.Conversation), change.Mark);
        });
    }
}
