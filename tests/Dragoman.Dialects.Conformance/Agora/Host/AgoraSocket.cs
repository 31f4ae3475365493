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
        var frame = await NextAsync($"a frame of {command}");
        return frame.Command == command ? frame : throw new InvalidOperationException($"{frame.Command} instead of {command}");
    }

    /// <summary>The next frame, whatever it is.</summary>
    public Task<MSync> NextAsync(string what = "a frame") =>
        Eventually.GetAsync(() => _frames.TryDequeue(out var next) ? next : null, what, () => $"closed: {IsClosed}");

    public async Task<CommSyncDL> NextSyncAsync() => CommSyncDL.Parser.ParseFrom((await NextAsync(MSync.Types.Command.Sync)).Payload);

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
    public bool IsQuiet => _frames.IsEmpty;

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
