using System.Net.Sockets;

namespace Dragoman.Storage.Tests.Postgres;

/// <summary>Stands between a writer and PostgreSQL: can keep the server's answers back, and cut the line.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _server;
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private volatile bool _holdsAnswers;

    /// <param name="directory">Where its socket is to be, with PostgreSQL's name.</param>
    /// <param name="serverDirectory">Where the server's is.</param>
    public CuttingProxy(string directory, string serverDirectory)
    {
        _server = Path.Combine(serverDirectory, ".s.PGSQL.5432");
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory, ".s.PGSQL.5432")));
        _listener.Listen();
        _ = AcceptAsync();
    }

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

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                await ConnectAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
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
