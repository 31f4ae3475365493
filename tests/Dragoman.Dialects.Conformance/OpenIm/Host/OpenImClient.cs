using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>A message as it was pushed.</summary>
internal sealed record Pushed(string ConversationId, bool IsNotification, MsgData Message)
{
    public string Text => Message.Content.ToStringUtf8();
}

/// <summary>A long connection, as an SDK holds it: requests and their answers, pushes, and how it ended.</summary>
internal sealed class OpenImClient : IAsyncDisposable
{
    private static int s_messages;
    private readonly ClientWebSocket _socket = new();
    private readonly OpenImAppClient _app;
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly ConcurrentQueue<WireReply> _replies = new();
    private readonly WireKind _kind;
    private Task _reader = Task.CompletedTask;
    private int _requests;

    private OpenImClient(OpenImAppClient app, string userId, string token, WireKind kind)
    {
        _app = app;
        UserId = userId;
        Token = token;
        _kind = kind;
    }

    public string UserId { get; }
    public string Token { get; }

    /// <summary>Every text frame, in order; the first one is the welcome.</summary>
    public IReadOnlyList<string> Texts => [.. _texts];

    /// <summary>Every binary frame, in order.</summary>
    public IReadOnlyList<WireReply> Frames => [.. _replies];

    /// <summary>Every pushed message, in order.</summary>
    public IReadOnlyList<Pushed> Messages => [.. Frames.Where(f => f.ReqIdentifier == Requests.PushMsg).SelectMany(MessagesOf)];

    public bool IsClosed => _reader.IsCompleted;

    /// <summary>How it ended, for messages of failing tests.</summary>
    public string End { get; private set; } = "open";

    /// <summary>Opens a connection without expecting anything of it.</summary>
    public static async Task<OpenImClient> OpenAsync(OpenImAppClient app, string userId, string token, Uri uri, WireKind kind)
    {
        var client = new OpenImClient(app, userId, token, kind);
        client._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await client._socket.ConnectAsync(uri, CancellationToken.None);
        client._reader = client.ReadAsync();
        return client;
    }

    public static async Task<OpenImClient> ConnectAsync(OpenImAppClient app, string userId, string token, Uri uri, WireKind kind)
    {
        var client = await OpenAsync(app, userId, token, uri, kind);
        if (!uri.Query.Contains("isMsgResp=true", StringComparison.Ordinal)) return client;

        await Eventually.TrueAsync(() => client.Texts.Count > 0, "the welcome");
        Assert.Equal("{\"errCode\":0,\"errMsg\":\"\",\"errDlt\":\"\"}", client.Texts[0]);
        return client;
    }

    public Task<WireReply> RequestAsync(int reqIdentifier, IMessage data) => RequestAsync(reqIdentifier, data.ToByteArray());

    /// <summary>Asks, and waits for the answer.</summary>
    public async Task<WireReply> RequestAsync(int reqIdentifier, byte[] data)
    {
        var incr = await SendRequestAsync(reqIdentifier, data);
        return await ReplyAsync(incr);
    }

    /// <returns>What the answer will repeat.</returns>
    public async Task<string> SendRequestAsync(int reqIdentifier, byte[] data, string? sendId = null)
    {
        var incr = string.Create(CultureInfo.InvariantCulture, $"{UserId}_{Interlocked.Increment(ref _requests)}");
        await SendFrameAsync(WireCodec.Encode(new WireRequest(reqIdentifier, sendId ?? UserId, incr, data), _kind));
        return incr;
    }

    public Task<WireReply> ReplyAsync(string msgIncr) => Eventually.GetAsync(
        () => _replies.FirstOrDefault(f => f.MsgIncr == msgIncr), $"the answer to {msgIncr}", () => End);

    /// <summary>Asks, and reads the successful answer.</summary>
    public async Task<T> AskAsync<T>(int reqIdentifier, IMessage data, MessageParser<T> parser)
        where T : IMessage<T>
    {
        var reply = await RequestAsync(reqIdentifier, data);
        Assert.Equal((0, ""), (reply.ErrCode, reply.ErrMsg));
        return parser.ParseFrom(reply.Data);
    }

    /// <summary>Says something, and reads the successful answer.</summary>
    public Task<SendMsgResp> SayAsync(MsgData message) => AskAsync(Requests.SendMsg, message, SendMsgResp.Parser);

    /// <summary>A text to one person, as the SDK makes it.</summary>
    public MsgData TextTo(string receiver, string text) => new()
    {
        SendID = UserId,
        RecvID = receiver,
        ClientMsgID = NewMessageId(),
        SenderPlatformID = 5,
        SenderNickname = UserId,
        SessionType = 1,
        MsgFrom = 100,
        ContentType = 101,
        Content = ByteString.CopyFromUtf8($"{{\"content\":\"{text}\"}}"),
        CreateTime = 1_700_000_000_000,
        Status = 1,
        AttachedInfo = "null",
    };

    public MsgData TextToGroup(string group, string text)
    {
        var message = TextTo("", text);
        message.GroupID = group;
        message.SessionType = 3;
        return message;
    }

    /// <summary>32 digits that no other message of this run has.</summary>
    public static string NewMessageId() => Interlocked.Increment(ref s_messages).ToString("x32", CultureInfo.InvariantCulture);

    public Task<Pushed> PushAsync(Func<Pushed, bool> isWanted, string what) => Eventually.GetAsync(
        () => Messages.FirstOrDefault(isWanted),
        $"{UserId} hears of {what}",
        () => $"{End}; pushed: {string.Join("; ", Messages.Select(m => $"{m.ConversationId} {m.Message.ContentType} seq {m.Message.Seq}"))}");

    public Task<Pushed> TextPushAsync(string text) => PushAsync(p => p.Text == $"{{\"content\":\"{text}\"}}", $"\"{text}\"");

    public Task<WireReply> FrameAsync(int reqIdentifier) =>
        Eventually.GetAsync(() => _replies.FirstOrDefault(f => f.ReqIdentifier == reqIdentifier), $"a frame {reqIdentifier}", () => End);

    public Task SendFrameAsync(byte[] frame, WebSocketMessageType type = WebSocketMessageType.Binary, bool isEnd = true) =>
        _socket.SendAsync(frame, type, isEnd, CancellationToken.None);

    public Task SendTextAsync(string text) => SendFrameAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    /// <summary>Waits until the server has closed the connection.</summary>
    public Task ClosedAsync() => Eventually.TrueAsync(() => IsClosed, "the connection is closed");

    public Task<ApiReply> PostAsync(string route, object body) => _app.PostAsync(route, body, Token);

    /// <summary>Leaves as a client does: with a close frame.</summary>
    public async Task LeaveAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        await ClosedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await _reader;
    }

    private static IEnumerable<Pushed> MessagesOf(WireReply push)
    {
        var messages = PushMessages.Parser.ParseFrom(push.Data);
        return messages.Msgs.SelectMany(c => c.Value.Msgs.Select(m => new Pushed(c.Key, IsNotification: false, m)))
            .Concat(messages.NotificationMsgs.SelectMany(c => c.Value.Msgs.Select(m => new Pushed(c.Key, IsNotification: true, m))));
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[2 * 1024 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close)
                {
                    End = $"closed with {_socket.CloseStatus}";
                    return;
                }

                if (part.MessageType == WebSocketMessageType.Text) _texts.Enqueue(Encoding.UTF8.GetString(buffer, 0, length));
                else _replies.Enqueue(WireCodec.Decode(buffer[..length], _kind));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            End = $"{e.GetType().Name}: {e.Message}"; // whoever ended it
        }
    }
}
