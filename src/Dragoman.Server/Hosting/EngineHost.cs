using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Events;
using Dragoman.Engine.Files;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Presences;
using Dragoman.Engine.Push;
using Dragoman.Engine.Rooms;
using Dragoman.Gateway.Connections;

namespace Dragoman.Server.Hosting;

/// <summary>Starts the engine before the first request and stops it after the last one.</summary>
internal sealed class EngineHost(
    LogWriter journal,
    ReadCursors cursors,
    DeliveryPlaces deliveries,
    RoomKeeper rooms,
    Outbox outbox,
    PresenceBook presences,
    PresenceTeller presenceTeller,
    OfflinePush pushes,
    FileKeyReader fileKey,
    CollectFiles fileCollector,
    InProcessEventBus bus,
    SessionRegistry registry)
{
    public async Task StartAsync(CancellationToken ct)
    {
        registry.Announce(bus);
        await journal.StartAsync(ct);
        await fileKey.StartAsync(ct);
        fileCollector.Start();
        cursors.Start();
        deliveries.Start();
        presences.Start();
        presenceTeller.Start();
        rooms.Start();
        outbox.Start();
        pushes.Start();
    }

    /// <summary>Can be called again, and when the engine was never started.</summary>
    public async Task StopAsync()
    {
        await fileCollector.DisposeAsync();
        await presenceTeller.DisposeAsync();
        await pushes.DisposeAsync();
        await outbox.DisposeAsync();
        await rooms.DisposeAsync();
        await cursors.DisposeAsync();
        await deliveries.DisposeAsync();
        await presences.DisposeAsync();
        await journal.DisposeAsync();
        await bus.DisposeAsync();
    }
}

/// <summary>Says goodbye to long connections before the listeners close.</summary>
internal sealed class Drain(ConnectionDoor door) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => door.DrainAsync();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
