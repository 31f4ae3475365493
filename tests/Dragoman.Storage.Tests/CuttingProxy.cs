using System.Net;
using System.Net.Sockets;

namespace Dragoman.Storage.Tests;

/// <summary>Stands between us and a server: can keep its answers back, cut the line, and leave it cut.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly EndPoint _server;
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private volatile bool _holdsAnswers;
    private volatile bool _isShut;

    /// <summary>For PostgreSQL's sockets.</summary>
    /// <param name="directory">Where its socket is to be, with PostgreSQL's name.</param>
    /// <param name="serverDirectory">Where the server's is.</param>
    public CuttingProxy(string directory, string serverDirectory)
        : this(PostgresSocket(directory), PostgresSocket(serverDirectory))
    {
    }

    public CuttingProxy(EndPoint at, EndPoint server)
    {
        _server = server;
        _listener = NewSocket(at);
        _listener.Bind(at);
        _listener.Listen();
        _ = AcceptAsync();
    }

    /// <summary>Where it is, when it was to choose a port by itself.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>Nothing that the server says gets through any more.</summary>
    public void HoldAnswers() => _holdsAnswers = true;

    /// <summary>Ends all connections; new ones work.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            foreach (var socket in _open) socket.Dispose();
            _open.Clear();
        }

        _holdsAnswers = false;
    }

    /// <summary>Ends all connections; new ones are ended at once, until <see cref="Reopen"/>.</summary>
    public void Shut()
    {
        _isShut = true;
        Cut();
    }

    public void Reopen() => _isShut = false;

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Cut();
        return ValueTask.CompletedTask;
    }

    private static UnixDomainSocketEndPoint PostgresSocket(string directory) => new(Path.Combine(directory, ".s.PGSQL.5432"));

    private static Socket NewSocket(EndPoint end) =>
        new(end.AddressFamily, SocketType.Stream, end.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                if (_isShut) client.Dispose();
                else await ConnectAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        var server = NewSocket(_server);
        try
        {
            await server.ConnectAsync(_server);
        }
        catch (SocketException)
        {
            client.Dispose();
            return;
        }

        lock (_gate) _open.AddRange([client, server]);
        _ = CopyAsync(client, server, holds: false);
        _ = CopyAsync(server, client, holds: true);
    }

    private async Task CopyAsync(Socket from, Socket to, bool holds)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
            {
                if (!holds || !_holdsAnswers) await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }

        to.Dispose();
    }
}
