using System.Diagnostics.CodeAnalysis;

namespace Dragoman.Engine.Rooms;

/// <summary>Who is in one room: shards by user, so that a hundred thousand come and go without waiting for each other.</summary>
/// <remarks>
/// Who is told of a message is a picture of the shards (<see cref="Snapshot"/>): after somebody came or went only his shard is copied anew.
/// </remarks>
internal sealed class Crowd
{
    private const int ShardCount = 64;
    private const int Closed = int.MinValue / 2;
    private const int SmallCrowd = 1_000;
    private static readonly UserId[] Nobody = [];
    private static readonly TimeSpan ListingLife = TimeSpan.FromSeconds(1);

    private readonly Shard?[] _shards = new Shard?[ShardCount];
    private readonly Lock _listingTurn = new();
    private Picture? _picture;
    private Listing? _listing;
    private int _count;
    private int _version;

    public enum Entering
    {
        Entered,
        WasInside,
        Full,

        /// <summary>The room was empty and is gone from memory: look for it again.</summary>
        Closed,
    }

    public int Count => Math.Max(0, Volatile.Read(ref _count));

    public Entering TryEnter(Occupant occupant, int capacity)
    {
        var shard = ShardFor(occupant.User);
        lock (shard.Turn)
        {
            if (shard.Occupants.ContainsKey(occupant.User)) return Entering.WasInside;
            var count = Interlocked.Increment(ref _count);
            if (count <= 0 || count > capacity)
            {
                Interlocked.Decrement(ref _count);
                return count <= 0 ? Entering.Closed : Entering.Full;
            }

            shard.Occupants.Add(occupant.User, occupant);
            Touch(shard);
            return Entering.Entered;
        }
    }

    public bool TryLeave(UserId user)
    {
        if (_shards[IndexOf(user)] is not { } shard) return false;
        lock (shard.Turn)
        {
            if (!shard.Occupants.Remove(user)) return false;
            Interlocked.Decrement(ref _count);
            Touch(shard);
            return true;
        }
    }

    public bool Contains(UserId user) => TryFind(user, out _);

    public bool TryFind(UserId user, [NotNullWhen(true)] out Occupant? occupant)
    {
        occupant = null;
        if (_shards[IndexOf(user)] is not { } shard) return false;
        lock (shard.Turn) return shard.Occupants.TryGetValue(user, out occupant);
    }

    /// <returns>False when he is not in.</returns>
    public bool TryChange(UserId user, Func<Occupant, Occupant> change)
    {
        if (_shards[IndexOf(user)] is not { } shard) return false;
        lock (shard.Turn)
        {
            if (!shard.Occupants.TryGetValue(user, out var occupant)) return false;
            shard.Occupants[user] = change(occupant);
            Interlocked.Increment(ref _version);
            return true;
        }
    }

    /// <summary>Nobody enters any more if nobody is in.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref _count, Closed, 0) == 0;

    /// <summary>Whoever is in now; never changed.</summary>
    public UserId[][] Snapshot()
    {
        // The version is read first: a picture may be newer than it says, never older.
        var version = Volatile.Read(ref _version);
        if (Volatile.Read(ref _picture) is { } known && known.Version == version) return known.Parts;

        var parts = new UserId[ShardCount][];
        for (var i = 0; i < ShardCount; i++) parts[i] = _shards[i]?.Snapshot() ?? Nobody;
        Volatile.Write(ref _picture, new(parts, version));
        return parts;
    }

    /// <summary>Everybody by time of entrance. Of a large crowd it may be a second old, because sorting it takes a while.</summary>
    public Occupant[] List(TimeProvider clock)
    {
        lock (_listingTurn)
        {
            var version = Volatile.Read(ref _version);
            if (_listing is { } known
                && (known.Version == version || (known.Items.Length > SmallCrowd && clock.GetElapsedTime(known.MadeAt) < ListingLife))) return known.Items;

            var all = new List<Occupant>(Count);
            foreach (var shard in _shards)
            {
                if (shard is null) continue;
                lock (shard.Turn) all.AddRange(shard.Occupants.Values);
            }

            all.Sort(static (one, other) => one.Order.CompareTo(other.Order));
            _listing = new([.. all], version, clock.GetTimestamp());
            return _listing.Items;
        }
    }

    private static int IndexOf(UserId user) => (int)((uint)user.GetHashCode() % ShardCount);

    private Shard ShardFor(UserId user)
    {
        ref var shard = ref _shards[IndexOf(user)];
        return Volatile.Read(ref shard) ?? Interlocked.CompareExchange(ref shard, new(), null) ?? shard;
    }

    private void Touch(Shard shard)
    {
        shard.Copy = null;
        Interlocked.Increment(ref _version);
    }

    private sealed record Picture(UserId[][] Parts, int Version);

    private sealed record Listing(Occupant[] Items, int Version, long MadeAt);

    private sealed class Shard
    {
        public Lock Turn { get; } = new();
        public Dictionary<UserId, Occupant> Occupants { get; } = [];
        public UserId[]? Copy { get; set; }

        public UserId[] Snapshot()
        {
            lock (Turn) return Copy ??= [.. Occupants.Keys];
        }
    }
}
