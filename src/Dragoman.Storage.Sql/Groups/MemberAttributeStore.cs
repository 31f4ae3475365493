using Dragoman.Engine;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Groups;

internal sealed class MemberAttributeStore(ISqlReaders readers) : IMemberAttributeStore
{
    public ValueTask<IReadOnlyDictionary<UserId, IReadOnlyDictionary<string, string>>> FindAsync(
        AppId app, GroupId group, IReadOnlyCollection<UserId> users, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, GroupId Group, IReadOnlyCollection<UserId> Users), IReadOnlyDictionary<UserId, IReadOnlyDictionary<string, string>>>(
            (app, group, users),
            static (db, q) =>
            {
                var found = new Dictionary<UserId, IReadOnlyDictionary<string, string>>();
                foreach (var user in q.Users)
                {
                    var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
                    var statement = db.Prepare("SELECT name, content FROM member_attributes WHERE app = ? AND grp = ? AND user_id = ? ORDER BY name")
                        .Bind(q.App.Value).Bind(q.Group.Value).Bind(user.Value);
                    while (statement.Step()) attributes[statement.Text(0)] = statement.Text(1);
                    if (attributes.Count > 0) found[user] = attributes;
                }

                return found;
            },
            ct);
}
