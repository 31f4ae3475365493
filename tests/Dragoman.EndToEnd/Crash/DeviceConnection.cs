using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Dragoman.Load.Codecs;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.Crash;

/// <summary>One WebSocket of a device, on the framework's own client: a second opinion on the server's frames beside the load generator's.</summary>
internal sealed class DeviceConnection : IAsyncDisposable
{
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly DeviceEncoding _encoding;
    private readonly string _userId;
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });
    private readonly Channel<Pushed> _pushes = Channel.CreateUnbounded<Pushed>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> _requests = new();
    private readonly CancellationTokenSource _ended = new();
    private int _requestNumber;

    private DeviceConnection(string userId, DeviceEncoding encoding)
    {
        _userId = userId;
        _encoding = encoding;
    }

    internal bool IsClosed { get; private set; }

    internal bool PushedNothing { get; private set; } = true;

    /// <summary>Ends when the connection and all that belongs to it has ended.</summary>
    internal Task Ended { get; private set; } = Task.CompletedTask;

    internal static async Task<DeviceConnection> OpenAsync(
        Uri address, string userId, string token, int platform, DeviceEncoding encoding, CancellationToken ct)
    {
        var connection = new DeviceConnection(userId, encoding);
        var query = $"?sendID={userId}&token={token}&platformID={platform}&operationID=e2e&isBackground=false&isMsgResp=true"
            + (encoding.Envelope == OpenImEncoding.Json ? "&sdkType=js" : "")
            + (encoding.Gzip ? "&compression=gzip" : "");
        await connection._socket.ConnectAsync(new Uri(address + query), ct);

        var first = new byte[1024];
        var result = await connection._socket.ReceiveAsync(first.AsMemory(), ct);
        var text = Encoding.UTF8.GetString(first, 0, result.Count);
        if (result.MessageType != WebSocketMessageType.Text || !text.Contains("\"errCode\":0,", StringComparison.Ordinal))
            throw new InvalidDataException($"{userId}: the handshake was answered with {text}");
        return connection;
    }

    internal void Start(Device device)
    {
        var sending = Task.Run(SendAllAsync);
        var reading = Task.Run(() => ReceiveAllAsync(device));
        var handling = Task.Run(() => HandlePushesAsync(device));
        Ended = Task.WhenAll(sending, reading, handling);
    }

    internal void Send(int reqIdentifier, string msgIncr, ReadOnlyMemory<byte> data)
    {
        var frame = new byte[data.Length * 2 + 1024];
        var (length, _, _) = _encoding.Envelope == OpenImEncoding.Gob
            ? GobEnvelope.WriteRequest(frame.AsSpan(GzipMember.StoredPrefix), reqIdentifier, _userId, "e2e", msgIncr, data.Span)
            : JsonEnvelope.WriteRequest(frame.AsSpan(GzipMember.StoredPrefix), reqIdentifier, _userId, "e2e", msgIncr, data.Span);

        if (_encoding.Gzip)
        {
            var member = frame.AsSpan(0, GzipMember.StoredPrefix + length + GzipMember.StoredSuffix);
            GzipMember.Seal(member);
            _outgoing.Writer.TryWrite(member.ToArray());
        }
        else
        {
            _outgoing.Writer.TryWrite(frame.AsSpan(GzipMember.StoredPrefix, length).ToArray());
        }
    }

    /// <returns>The answer's Data.</returns>
    /// <exception cref="OperationCanceledException">The connection ended first.</exception>
    internal async Task<byte[]> RequestAsync(int reqIdentifier, ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        var msgIncr = "r" + Interlocked.Increment(ref _requestNumber).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests[msgIncr] = answer;
        Send(reqIdentifier, msgIncr, data);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, _ended.Token);
        return await answer.Task.WaitAsync(AnswerDeadline, linked.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await Ended;
        _socket.Dispose();
        _ended.Dispose();
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (var frame in _outgoing.Reader.ReadAllAsync(_ended.Token))
                await _socket.SendAsync(frame, WebSocketMessageType.Binary, endOfMessage: true, _ended.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The receiving side notices as well and ends the rest.
        }
    }

    private async Task ReceiveAllAsync(Device device)
    {
        var buffer = new byte[1024 * 1024];
        var scratch = new byte[buffer.Length];
        var inflater = new Inflater();
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult result;
                do
                {
                    result = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += result.Count;
                }
                while (!result.EndOfMessage);

                if (result.MessageType == WebSocketMessageType.Close) return;
                Read(device, buffer.AsSpan(0, length), scratch, inflater);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is gone, which is what this test is about.
        }
        catch (InvalidDataException e)
        {
            device.OnBroken(e.Message);
        }
        finally
        {
            IsClosed = true;
            _pushes.Writer.TryComplete();
            await _ended.CancelAsync();
        }
    }

    private void Read(Device device, ReadOnlySpan<byte> frame, Span<byte> scratch, Inflater inflater)
    {
        if (_encoding.Gzip) frame = GzipMember.Open(frame, inflater);
        var envelope = _encoding.Envelope == OpenImEncoding.Gob ? GobEnvelope.ReadResponse(frame) : JsonEnvelope.ReadResponse(frame, scratch);
        switch (envelope.ReqIdentifier)
        {
            case ReqIdentifiers.Push:
                PushedNothing = false;
                foreach (var message in Pushed.ReadAll(envelope.Data)) _pushes.Writer.TryWrite(message);
                break;
            case ReqIdentifiers.SendMessage:
                device.OnReply(envelope.MsgIncr, envelope.ErrCode, envelope.Data);
                break;
            case ReqIdentifiers.Kicked:
                throw new InvalidDataException("kicked");
            default:
                if (envelope.ErrCode == Device.InternalError && device.MayBeRefused)
                    throw new OperationCanceledException("the server cannot read now; another connection will");
                if (envelope.ErrCode != 0)
                    throw new InvalidDataException($"{envelope.ReqIdentifier} was answered {envelope.ErrCode} {Encoding.UTF8.GetString(envelope.ErrMsg)}");
                if (_requests.TryRemove(Encoding.ASCII.GetString(envelope.MsgIncr), out var answer)) answer.TrySetResult(envelope.Data.ToArray());
                break;
        }
    }

    private async Task HandlePushesAsync(Device device)
    {
        long last = 0;
        try
        {
            await foreach (var message in _pushes.Reader.ReadAllAsync(CancellationToken.None))
            {
                device.CheckPushOrder(message, last);
                last = Math.Max(last, message.Seq);
                await device.OnPushedAsync(this, message, _ended.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException)
        {
            // The connection ended while a gap was being pulled.
        }
        catch (Exception e) when (e is InvalidDataException or TimeoutException)
        {
            device.OnBroken(e.Message);
        }
    }
}
