using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Google.Protobuf;

namespace Dragoman.Dialects.Conformance.Agora.Host;

/// <summary>A client's long connection: raw frames, base64 or SockJS, as its address says.</summary>
internal sealed class AgoraSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentQueue<MSync> _frames = new();
    private readonly ConcurrentQueue<string> _texts = new();

    /// <summary>Read already, while something else was waited for.</summary>
    private readonly Queue<CommSyncDL> _put = new();

    /// <summary>Queues that were announced and asked for, and those that have ended since.</summary>
    private readonly HashSet<string> _asked = [];
    private readonly HashSet<string> _confirmed = [];
    private Task _reader = Task.CompletedTask;
    private bool _isSockJs;

    /// <summary>Speaks base64 on the binary endpoint.</summary>
    public bool IsBase64 { get; set; }

    /// <summary>Everything that came as text.</summary>
    public IReadOnlyCollection<string> Texts => [.. _texts];

    public bool IsClosed => _reader.IsCompleted;

    public static async Task<AgoraSocket> ConnectAsync(Uri uri)
    {
        var socket = new AgoraSocket { _isSockJs = uri.AbsolutePath.StartsWith("/agora/ws/", StringComparison.Ordinal) };
        await socket._socket.ConnectAsync(uri, CancellationToken.None);
        socket._reader = socket.ReadAsync();
        return socket;
    }

    public Task SendAsync(MSync frame) => SendAsync(frame.ToByteArray());

    public Task SendAsync(byte[] frame)
    {
        if (_isSockJs) return SendTextAsync(JsonSerializer.Serialize(new[] { Convert.ToBase64String(frame) }));
        return IsBase64 ? SendTextAsync(Convert.ToBase64String(frame)) : _socket.SendAsync(frame, WebSocketMessageType.Binary, true, CancellationToken.None);
    }

    /// <returns>False when the server has hung up.</returns>
    public async Task<bool> TrySendAsync(byte[] frame)
    {
        try
        {
            await SendAsync(frame);
            return true;
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    public Task SendTextAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public async Task<Provision> ProvisionAsync(string key, string user, string token, string resource, string reason = "", Action<MSync, Provision>? change = null)
    {
        var provision = new Provision
        {
            OsType = Provision.Types.OsType.OsOther,
            Version = "1.4.0",
            DeviceUuid = resource,
            DeviceName = "webim",
            Resource = resource,
            SessionId = "1:",
        };
        if (reason.Length > 0) provision.Reason = reason;
        var frame = new MSync
        {
            Version = MSync.Types.Version.MsyncV1,
            Guid = new JID { AppKey = key, Name = user, Domain = "easemob.com", ClientResource = resource },
            Auth = "$t$" + token,
            Command = MSync.Types.Command.Provision,
        };
        change?.Invoke(frame, provision);
        frame.Payload = provision.ToByteString();
        await SendAsync(frame);
        return Provision.Parser.ParseFrom((await NextAsync(MSync.Types.Command.Provision)).Payload);
    }

    /// <summary>The next frame, which must be of this command.</summary>
    public async Task<MSync> NextAsync(MSync.Types.Command command)
    {
        var frame = await NextAsync();
        return frame.Command == command ? frame : throw new InvalidOperationException($"{frame.Command} instead of {command}");
    }

    /// <summary>The next frame, whatever it is.</summary>
    public Task<MSync> NextAsync() =>
        Eventually.GetAsync(() => _frames.TryDequeue(out var next) ? next : null, "a frame", () => $"closed: {IsClosed}");

    /// <summary>The next frame that tells or answers something. When a queue is announced meanwhile, it is asked for, as clients do.</summary>
    public async Task<CommSyncDL> NextSyncAsync() => _put.TryDequeue(out var put) ? put : await ReadSyncAsync();

    /// <summary>Waits until the client was asked whether it has what was pushed quietly to a queue, and has said so. What else comes is read afterwards.</summary>
    public async Task ConfirmedAsync(JID queue)
    {
        while (!_confirmed.Remove(queue.Name))
        {
            var sync = await ReadSyncAsync(queue.Name);
            if (!_confirmed.Contains(queue.Name)) _put.Enqueue(sync);
        }
    }

    /// <param name="until">The end of this queue comes back too.</param>
    private async Task<CommSyncDL> ReadSyncAsync(string? until = null)
    {
        while (true)
        {
            var frame = await NextAsync();
            if (frame.Command == MSync.Types.Command.Notice)
            {
                var queue = CommNotice.Parser.ParseFrom(frame.Payload).Queue;
                if (_asked.Add(queue.Name)) await SyncAsync(new CommSyncUL { Queue = queue });
                continue;
            }

            if (frame.Command != MSync.Types.Command.Sync) throw new InvalidOperationException($"{frame.Command} instead of Sync");
            var sync = CommSyncDL.Parser.ParseFrom(frame.Payload);
            if (sync is { Metas.Count: > 0, Queue: { } told }) _confirmed.Remove(told.Name);
            if (sync is not { IsLast: true, Metas.Count: 0 } || !_asked.Remove(sync.Queue.Name)) return sync;

            _confirmed.Add(sync.Queue.Name);
            if (sync.Queue.Name == until) return sync;
        }
    }

    public Task SyncAsync(CommSyncUL request) => SendAsync(new MSync { Command = MSync.Types.Command.Sync, Payload = request.ToByteString() });

    public async Task<CommUnreadDL> UnreadAsync()
    {
        await SendAsync(new MSync { Command = MSync.Types.Command.Unread });
        return CommUnreadDL.Parser.ParseFrom((await NextAsync(MSync.Types.Command.Unread)).Payload);
    }

    /// <summary>Waits for the frame that tells the client to go, and for the end of the connection.</summary>
    public async Task<StatisticsBody> KickedAsync()
    {
        var sync = await NextSyncAsync();
        await ClosedAsync();
        return StatisticsBody.Parser.ParseFrom(sync.Metas.Single().Payload);
    }

    public Task ClosedAsync() => Eventually.TrueAsync(() => IsClosed, "the server hangs up", () => $"{_frames.Count} frames are left");

    /// <summary>Whether nothing came that was not read.</summary>
    public bool IsQuiet => _frames.IsEmpty && _put.Count == 0;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reader;
        _socket.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[512 * 1024];
        try
        {
            while (true)
            {
                var filled = 0;
                ValueWebSocketReceiveResult read;
                do
                {
                    read = await _socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None);
                    filled += read.Count;
                }
                while (!read.EndOfMessage);

                if (read.MessageType == WebSocketMessageType.Close) return;
                if (read.MessageType == WebSocketMessageType.Binary) _frames.Enqueue(MSync.Parser.ParseFrom(buffer, 0, filled));
                else Take(Encoding.UTF8.GetString(buffer, 0, filled));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut, or ours to end.
        }
    }

    private void Take(string text)
    {
        _texts.Enqueue(text);
        if (IsBase64) _frames.Enqueue(MSync.Parser.ParseFrom(Convert.FromBase64String(text)));
        else if (text[0] == 'a') foreach (var one in JsonSerializer.Deserialize<string[]>(text[1..])!) _frames.Enqueue(MSync.Parser.ParseFrom(Convert.FromBase64String(one)));
    }
}
