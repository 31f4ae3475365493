using System.Runtime.InteropServices;
using Dragoman.Engine;
using Dragoman.Engine.Events;

namespace Dragoman.Gateway.Connections;

/// <summary>Turns an entry into frames of one dialect and hands them to that dialect's sessions.</summary>
public interface IDialectDelivery
{
    DialectId Dialect { get; }

    /// <summary>
    /// Encodes once for each encoding in use and queues the same bytes for all, those that a crowd hears with <see cref="CrowdWriter"/>.
    /// Never blocks.
    /// </summary>
    /// <param name="sessions">The entitled sessions of this dialect on this node; at least one.</param>
    void Deliver(EntryPublished news, ReadOnlySpan<Session> sessions);
}

/// <summary>Brings entries to the connections of this node: who is entitled, grouped by dialect.</summary>
public sealed class FanOut : IEventSubscriber
{
    private readonly SessionRegistry _registry;
    private readonly CrowdWriter _crowds;
    private readonly IDialectDelivery?[] _deliveries = new IDialectDelivery?[byte.MaxValue + 1];

    // One set of lists for each lane, reused: gathering allocates nothing.
    private readonly List<Session>[][] _gathered;
    private readonly byte[] _dialects;

    public FanOut(SessionRegistry registry, IEnumerable<IDialectDelivery> deliveries, CrowdWriter crowds)
    {
        _registry = registry;
        _crowds = crowds;
        foreach (var delivery in deliveries) _deliveries[delivery.Dialect.Value] = delivery;
        _dialects = [.. Enumerable.Range(0, _deliveries.Length).Where(i => _deliveries[i] is not null).Select(i => (byte)i)];
        _gathered = [.. Enumerable.Range(0, InProcessEventBus.LaneCount).Select(_ =>
            Enumerable.Range(0, _deliveries.Length).Select(i => _deliveries[i] is null ? null! : new List<Session>()).ToArray())];
    }

    public void Handle(EngineEvent news, int lane)
    {
        switch (news)
        {
            case EntryPublished published:
                // The sender's acknowledgement first: his client must know his message before it meets it.
                published.Entry.Receipt?.Written(published.Entry);
                Deliver(published, _gathered[lane]);
                break;
            case SessionsKicked kicked:
                foreach (var id in kicked.Sessions) _registry.Find(id)?.Kick(kicked.End);
                break;
        }
    }

    public void Pause(int lane)
    {
        if (lane == InProcessEventBus.CrowdLane) _crowds.Flush();
    }

    private void Deliver(EntryPublished news, List<Session>[] gathered)
    {
        Gather(news, gathered);
        foreach (var dialect in _dialects)
        {
            var sessions = gathered[dialect];
            if (sessions.Count == 0) continue;

            _deliveries[dialect]!.Deliver(news, CollectionsMarshal.AsSpan(sessions));
            sessions.Clear();
        }
    }

    private void Gather(EntryPublished news, List<Session>[] gathered)
    {
        switch (news.Entry.Audience)
        {
            case Audience.Pair pair:
                Add(news.App, pair.Receiver, gathered);
                if (pair.Sender != pair.Receiver) Add(news.App, pair.Sender, gathered);
                break;
            case Audience.Members members:
                foreach (var member in members.Roster.Members) Add(news.App, member.User, gathered);
                if (members.AlsoTell is not null)
                {
                    foreach (var user in members.AlsoTell) Add(news.App, user, gathered);
                }

                break;
            case Audience.Room room:
                foreach (var part in room.Occupants)
                {
                    foreach (var user in part) Add(news.App, user, gathered);
                }

                break;
            case Audience.Users users:
                foreach (var user in users.List) Add(news.App, user, gathered);
                break;
        }
    }

    private void Add(AppId app, UserId user, List<Session>[] gathered)
    {
        foreach (var session in _registry.Of(app, user)) gathered[session.Dialect.Value].Add(session);
    }
}
