using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Topics;

internal static class TopicChanges
{
    public static void Enter(ChangeTable table)
    {
        table.OnClaim<AddTopic>((to, change) => TopicRows.Add(to.Db, change.Facts) ? Condition.None : Condition.TopicExists);
        table.On<PutTopic>((to, change) => TopicRows.Put(to.Db, change.Facts));
        table.On<AddTopicMembers>((to, change) =>
        {
            foreach (var user in change.Users) TopicRows.AddMember(to, ConversationKey.Topic(change.App, change.Parent, change.Topic), user, change.At);
        });
        table.On<RemoveTopicMembers>((to, change) =>
        {
            foreach (var user in change.Users) TopicRows.RemoveMember(to, ConversationKey.Topic(change.App, change.Parent, change.Topic), user);
        });
        table.On<EndTopic>((to, change) => TopicRows.End(to, ConversationKey.Topic(change.App, change.Parent, change.Topic), change.Members));
        table.On<EndTopicsOf>((to, change) => TopicRows.EndOf(to.Db, change.App, change.Parent));
        table.On<CountWithdrawn>((to, change) => TopicRows.CountWithdrawn(to.Db, change.App, change.Topic));
    }
}
