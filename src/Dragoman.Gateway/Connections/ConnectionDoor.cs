using Dragoman.Gateway.Transports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dragoman.Gateway.Connections;

/// <summary>Lets WebSockets in, counts them, and sees them out.</summary>
public sealed class ConnectionDoor(
    SessionRegistry registry, GatewayOptions options, TimeProvider clock, ILogger<ClientConnection> logger)
{
    private volatile bool _isDraining;

    /// <summary>Whether one more connection may be accepted now.</summary>
    public bool HasRoom => !_isDraining && registry.ConnectionCount < options.MaxConnections;

    /// <summary>Accepts the WebSocket and runs it until it ends.</summary>
    /// <param name="maxMessageBytes">A longer message ends the connection with 1009.</param>
    /// <param name="serve">Does all that the connection needs; the connection is over when it returns.</param>
    public async Task RunAsync(HttpContext http, int maxMessageBytes, Func<ClientConnection, Task> serve)
    {
        var stream = await WebSocketHandshake.AcceptAsync(http);
        using var connection = new ClientConnection(http, stream, maxMessageBytes, options, clock, logger);
        registry.Add(connection);
        try
        {
            await serve(connection);
        }
        finally
        {
            registry.Remove(connection);
        }
    }

    /// <summary>Says goodbye to everybody (1001) and waits until they are gone, at most the drain time.</summary>
    public async Task DrainAsync()
    {
        _isDraining = true;
        foreach (var connection in registry.Connections) connection.Close(1001);

        var deadline = clock.GetTimestamp() + (long)(options.DrainTime.TotalSeconds * clock.TimestampFrequency);
        while (registry.ConnectionCount > 0 && clock.GetTimestamp() < deadline)
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, CancellationToken.None);
        foreach (var connection in registry.Connections) connection.Abort();
    }
}
