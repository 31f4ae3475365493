using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;

namespace Dragoman.Storage.Sql.Relations;

internal sealed class RelationStore(ISqlReaders readers) : IRelationStore
{
    public ValueTask<Relation> FindAsync(AppId app, UserId owner, UserId other, CancellationToken ct) =>
        readers.ReadAsync((app, owner, other), static (db, q) =>
        {
            var (app, owner, other) = (q.app.Value, q.owner.Value, q.other.Value);
            var relation = Relation.None;
            if (db.Prepare("SELECT 1 FROM friendships WHERE app = ? AND owner = ? AND friend = ?").Bind(app).Bind(owner).Bind(other).Any())
                relation |= Relation.HasFriend;
            if (db.Prepare("SELECT 1 FROM blocks WHERE app = ? AND owner = ? AND blocked = ?").Bind(app).Bind(owner).Bind(other).Any())
                relation |= Relation.Blocks;
            return relation;
        }, ct);
}
