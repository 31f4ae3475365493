using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Topics;
using Dragoman.Storage.Sql.Entries;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Topics;

/// <summary>Writes of topics, inside the log writer's transaction.</summary>
internal static class TopicRows
{
    /// <returns>False when the id is taken, or the message has a thread.</returns>
    public static bool Add(SqlSession db, Topic topic)
    {
        var statement = db.Prepare(
            """
            INSERT INTO topics (name, avatar, introduction, announcement, extra, muted_until, app, id, grp, kind, root_seq, root_id, owner, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING number
            """);
        return BindFacts(statement, topic)
            .Bind(topic.App.Value).Bind(topic.Id.Value).Bind(topic.Parent.Value).Bind((long)topic.Kind).Bind(topic.RootSequence).Bind(topic.RootMessage)
            .Bind(topic.Owner.Value).Bind(topic.CreatedAt)
            .Any();
    }

    public static void Put(SqlSession db, Topic topic)
    {
        var statement = db.Prepare("UPDATE topics SET name = ?, avatar = ?, introduction = ?, announcement = ?, extra = ?, muted_until = ? WHERE app = ? AND id = ?");
        BindFacts(statement, topic).Bind(topic.App.Value).Bind(topic.Id.Value).Run();
    }

    public static void CountWithdrawn(SqlSession db, AppId app, TopicId topic) =>
        db.Prepare("UPDATE topics SET withdrawn = topics.withdrawn + 1 WHERE app = ? AND id = ?").Bind(app.Value).Bind(topic.Value).Run();

    /// <summary>Lets a user in, and puts the topic on his list of conversations; who had it there keeps what he kept, without an end.</summary>
    public static void AddMember(WriteScope to, ConversationKey key, UserId user, long at)
    {
        to.Db.Prepare(
            """
            INSERT INTO topic_members (app, topic, user_id, grp, joined_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (app, topic, user_id) DO NOTHING
            """)
            .Bind(key.App.Value).Bind(key.B).Bind(user.Value).Bind(key.A).Bind(at).Run();

        // Without a note in his stream of changes: whoever follows that has no topics.
        to.Db.Prepare(
            """
            INSERT INTO user_conversations (app, user_id, conv, read_seq, min_seq, max_seq, receive, pinned, mention, extra, settings, created_at)
            VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0, '', '', ?)
            ON CONFLICT (app, user_id, conv) DO UPDATE SET max_seq = 0, max_change = 0
            """)
            .Bind(key.App.Value).Bind(user.Value).Bind(to.IdOf(key)).Bind(to.Now).Run();
    }

    /// <summary>Takes a user out; what was said until now he can still read.</summary>
    public static void RemoveMember(WriteScope to, ConversationKey key, UserId user)
    {
        var (db, app, conversation) = (to.Db, key.App.Value, to.IdOf(key));
        DeleteMember(db, key, user);

        // Read and not asked of the log's head: that would keep others from writing to one log more than this unit does.
        db.Prepare(
            """
            UPDATE user_conversations
            SET max_seq = (SELECT coalesce(max(seq), 0) FROM entries WHERE log = ?), max_change = (SELECT coalesce(max(seq), 0) FROM entries WHERE log = ?)
            WHERE app = ? AND user_id = ? AND conv = ?
            """)
            .Bind(conversation * 2).Bind((conversation * 2) + 1).Bind(app).Bind(user.Value).Bind(conversation).Run();

        // Where nothing was said there is nothing to keep, and 0 would be no end.
        db.Prepare("DELETE FROM user_conversations WHERE app = ? AND user_id = ? AND conv = ? AND max_seq = 0")
            .Bind(app).Bind(user.Value).Bind(conversation).Run();
    }

    /// <summary>Who leaves a group leaves its threads.</summary>
    public static void RemoveMember(WriteScope to, AppId app, GroupId group, UserId user)
    {
        var row = to.Db.Prepare("SELECT topic FROM topic_members WHERE app = ? AND user_id = ? AND grp = ?").Bind(app.Value).Bind(user.Value).Bind(group.Value);
        var topics = new List<TopicId>();
        while (row.Step()) topics.Add(new(row.Text(0)));
        foreach (var topic in topics) RemoveMember(to, ConversationKey.Topic(app, group, topic), user);
    }

    /// <summary>The topic and what was said in it are no more.</summary>
    public static void End(WriteScope to, ConversationKey key, IReadOnlyList<UserId> members)
    {
        var (db, app, conversation) = (to.Db, key.App.Value, to.IdOf(key));
        db.Prepare("UPDATE topics SET is_ended = 1 WHERE app = ? AND id = ?").Bind(app).Bind(key.B).Run();
        db.Prepare("DELETE FROM entries WHERE log = ?").Bind(conversation * 2).Run();
        db.Prepare("DELETE FROM entries WHERE log = ?").Bind((conversation * 2) + 1).Run();
        EntryState.DropAll(db, key.App, conversation);
        foreach (var user in members)
        {
            DeleteMember(db, key, user);
            db.Prepare("DELETE FROM user_conversations WHERE app = ? AND user_id = ? AND conv = ?").Bind(app).Bind(user.Value).Bind(conversation).Run();
        }
    }

    /// <summary>All topics of a group that has ended; its members go one by one.</summary>
    public static void EndOf(SqlSession db, AppId app, GroupId group) =>
        db.Prepare("UPDATE topics SET is_ended = 1 WHERE app = ? AND grp = ? AND is_ended = 0").Bind(app.Value).Bind(group.Value).Run();

    private static void DeleteMember(SqlSession db, ConversationKey key, UserId user) =>
        db.Prepare("DELETE FROM topic_members WHERE app = ? AND topic = ? AND user_id = ?").Bind(key.App.Value).Bind(key.B).Bind(user.Value).Run();

    private static SqlStatement BindFacts(SqlStatement statement, Topic topic) =>
        statement.Bind(topic.Name).Bind(topic.Avatar).Bind(topic.Introduction).Bind(topic.Announcement).Bind(topic.Extra).Bind(topic.MutedUntil);
}
