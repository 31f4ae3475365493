using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Groups;

/// <summary>What all members of a group get at once: two statements, however many they are.</summary>
internal static class MemberStreamRows
{
    /// <summary>Counts a stream of every member on by one and notes the element there.</summary>
    /// <remarks>In one order, because several writers may do it to the same users.</remarks>
    public static void BumpAndNote(SqlSession db, AppId app, GroupId group, StreamKind kind, string element, StreamState state)
    {
        db.WriteDeferred();
        db.Prepare(
            """
            INSERT INTO streams (app, kind, owner, version)
            SELECT app, ?, user_id, 1 FROM group_members WHERE app = ? AND grp = ? ORDER BY user_id
            ON CONFLICT (app, kind, owner) DO UPDATE SET version = streams.version + 1
            """)
            .Bind((long)kind).Bind(app.Value).Bind(group.Value).Run();
        db.Prepare(
            """
            INSERT INTO stream_changes (app, kind, owner, element, state, version)
            SELECT s.app, s.kind, s.owner, ?, ?, s.version
            FROM group_members m JOIN streams s ON s.app = m.app AND s.kind = ? AND s.owner = m.user_id
            WHERE m.app = ? AND m.grp = ?
            ON CONFLICT (app, kind, owner, element) DO UPDATE SET state = excluded.state, version = excluded.version
            """)
            .Bind(element).Bind((long)state).Bind((long)kind).Bind(app.Value).Bind(group.Value).Run();
    }

    /// <summary>Marks the conversation in the list of every member.</summary>
    public static void Mention(SqlSession db, AppId app, GroupId group, long conversation, MentionMark mark) =>
        db.Prepare(
            """
            UPDATE user_conversations SET mention = mention | ?
            WHERE app = ? AND conv = ? AND user_id IN (SELECT user_id FROM group_members WHERE app = ? AND grp = ?)
            """)
            .Bind((long)mark).Bind(app.Value).Bind(conversation).Bind(app.Value).Bind(group.Value).Run();
}
