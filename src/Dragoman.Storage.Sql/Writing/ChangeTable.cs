using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Accounts;
using Dragoman.Storage.Sql.Conversations;
using Dragoman.Storage.Sql.Deliveries;
using Dragoman.Storage.Sql.Entries;
using Dragoman.Storage.Sql.Files;
using Dragoman.Storage.Sql.Groups;
using Dragoman.Storage.Sql.Hooks;
using Dragoman.Storage.Sql.Presences;
using Dragoman.Storage.Sql.Push;
using Dragoman.Storage.Sql.Receipts;
using Dragoman.Storage.Sql.Relations;
using Dragoman.Storage.Sql.Rooms;
using Dragoman.Storage.Sql.Topics;

namespace Dragoman.Storage.Sql.Writing;

/// <summary>Which SQL each kind of <see cref="StoreChange"/> is. Every feature's folder enters its own.</summary>
internal sealed class ChangeTable
{
    private readonly Dictionary<Type, Func<WriteScope, StoreChange, Condition>> _before = [];
    private readonly Dictionary<Type, Action<WriteScope, StoreChange>> _after = [];
    private readonly HashSet<Type> _claims = [];

    private ChangeTable()
    {
    }

    public static ChangeTable OfAllFeatures()
    {
        var table = new ChangeTable();
        AccountChanges.Enter(table);
        AccountExtrasChanges.Enter(table);
        CredentialChanges.Enter(table);
        ConversationChanges.Enter(table);
        EntryChanges.Enter(table);
        GroupChanges.Enter(table);
        RoomChanges.Enter(table);
        TopicChanges.Enter(table);
        OutboxChanges.Enter(table);
        FileChanges.Enter(table);
        DeviceChanges.Enter(table);
        PresenceChanges.Enter(table);
        DeliveryChanges.Enter(table);
        ReceiptChanges.Enter(table);
        ClientLogChanges.Enter(table);
        RelationChanges.Enter(table);
        return table;
    }

    /// <summary>A change that always succeeds.</summary>
    public void On<T>(Action<WriteScope, T> write)
        where T : StoreChange =>
        _before.Add(typeof(T), (scope, change) =>
        {
            write(scope, (T)change);
            return Condition.None;
        });

    /// <summary>A change that may collide with what is there; its unit is then not written.</summary>
    public void OnClaim<T>(Func<WriteScope, T, Condition> write)
        where T : StoreChange
    {
        _before.Add(typeof(T), (scope, change) => write(scope, (T)change));
        _claims.Add(typeof(T));
    }

    /// <summary>A change that is made after the unit's entries.</summary>
    public void AfterEntries<T>(Action<WriteScope, T> write)
        where T : StoreChange =>
        _after.Add(typeof(T), (scope, change) => write(scope, (T)change));

    public bool Knows(Type change) => _before.ContainsKey(change) || _after.ContainsKey(change);

    /// <summary>Whether the unit may have to be undone.</summary>
    public bool MayCollide(IReadOnlyList<StoreChange> changes)
    {
        foreach (var change in changes)
        {
            if (_claims.Contains(change.GetType())) return true;
        }

        return false;
    }

    /// <summary>Whether all of them are made after the unit's entries.</summary>
    public bool AreAllAfterEntries(IReadOnlyList<StoreChange> changes)
    {
        foreach (var change in changes)
        {
            if (_before.ContainsKey(change.GetType())) return false;
        }

        return true;
    }

    /// <summary>Makes the changes that come before the unit's entries.</summary>
    /// <returns>The first collision; the caller then undoes the unit.</returns>
    public Condition Apply(WriteScope scope, IReadOnlyList<StoreChange> changes)
    {
        foreach (var change in changes)
        {
            if (!_before.TryGetValue(change.GetType(), out var write))
            {
                if (_after.ContainsKey(change.GetType())) continue;
                throw new InvalidOperationException($"{change.GetType().Name} has no SQL.");
            }

            var conflict = write(scope, change);
            if (conflict != Condition.None) return conflict;
        }

        return Condition.None;
    }

    public void ApplyAfterEntries(WriteScope scope, IReadOnlyList<StoreChange> changes)
    {
        foreach (var change in changes)
        {
            if (_after.TryGetValue(change.GetType(), out var write)) write(scope, change);
        }
    }
}
