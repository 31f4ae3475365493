using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dragoman.Load.Codecs;
using Dragoman.Load.Drivers;
using Dragoman.Load.Net;

namespace Dragoman.Load.OpenIm;

/// <summary>Drives a server with OpenIM's protocol: REST for the set-up, request 1003 and push 2001 for the load.</summary>
internal sealed class OpenImDriver : ILoadDriver
{
    private const string OpeningMsgIncr = "opening";

    private readonly OpenImSettings _settings;
    private readonly OpenImRest _rest;
    private readonly Uri _root;
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private readonly Inflater _inflater = new();
    private readonly long _startTimestamp = Stopwatch.GetTimestamp();
    private readonly long _startUnixMilliseconds = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private string[] _userIds = [];
    private string[] _tokens = [];
    private byte[][] _conversationIds = [];
    private OpenImTemplate?[] _templates = [];
    private byte[] _scratch = new byte[1024 * 1024];
    private Topology _topology = new(0, 1, 0, IsDirect: true);

    internal OpenImDriver(OpenImSettings settings)
    {
        _settings = settings;
        _root = new Uri(settings.Url, settings.Path);
        _rest = new OpenImRest(_root);
        var host = IPAddress.TryParse(settings.Url.Host, out var address) ? address : Dns.GetHostAddresses(settings.Url.Host)[0];
        Address = new IPEndPoint(host, settings.Url.Port);
    }

    public string Dialect => "openim";

    public string Encoding => _settings.Encoding == OpenImEncoding.Gob ? "gob" : "json";

    public IPEndPoint Address { get; }

    public int MaxFrameLength { get; private set; } = 4096;

    public async Task SetUpAsync(Topology topology, CancellationToken ct)
    {
        _topology = topology;
        _userIds = new string[topology.Users];
        for (var user = 0; user < topology.Users; user++) _userIds[user] = string.Create(CultureInfo.InvariantCulture, $"l{_run}u{user:d6}");

        await _rest.LogInAsync(_settings.Secret, _settings.Admin, ct);
        await _rest.RegisterAsync(_userIds, ct);
        _tokens = await _rest.GetTokensAsync(_userIds, _settings.Platform, ct);

        _conversationIds = new byte[topology.Conversations][];
        for (var conversation = 0; conversation < topology.Conversations; conversation++)
        {
            var members = new ArraySegment<string>(_userIds, conversation * topology.Members, topology.Members);
            if (!topology.IsDirect) await _rest.CreateGroupAsync(GroupId(conversation), members, ct);
            var id = topology.IsDirect ? $"si_{members[0]}_{members[^1]}" : $"sg_{GroupId(conversation)}";
            _conversationIds[conversation] = System.Text.Encoding.UTF8.GetBytes(id);
        }

        _templates = new OpenImTemplate?[topology.Users];
        for (var user = 0; user < topology.Users; user++)
            if (topology.IsSender(user)) _templates[user] = MakeTemplate(user);
    }

    public int WriteHandshake(int user, Span<byte> destination)
    {
        var query = new StringBuilder()
            .Append("?sendID=").Append(_userIds[user])
            .Append("&token=").Append(_tokens[user])
            .Append("&platformID=").Append(_settings.Platform)
            .Append("&operationID=").Append(_run).Append(user)
            .Append("&isBackground=false&isMsgResp=true");
        if (_settings.Encoding == OpenImEncoding.Json) query.Append("&sdkType=js");
        if (_settings.Gzip) query.Append("&compression=gzip");

        return System.Text.Encoding.ASCII.GetBytes(
            $"GET {_root.AbsolutePath.TrimEnd('/')}/ws{query} HTTP/1.1\r\nHost: {_root.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}\r\nSec-WebSocket-Version: 13\r\n\r\n",
            destination);
    }

    public int WriteOpening(int user, uint mask, Span<byte> destination)
    {
        Span<byte> data = stackalloc byte[256];
        data = data[..OpenImMessages.WriteGetMaxSeq(data, _userIds[user])];

        // The header is written in front afterwards, when the length is known.
        Span<byte> envelope = new byte[1024];
        var (length, _, _) = _settings.Encoding == OpenImEncoding.Gob
            ? GobEnvelope.WriteRequest(envelope, ReqIdentifiers.GetMaxSeq, _userIds[user], _run, OpeningMsgIncr, data)
            : JsonEnvelope.WriteRequest(envelope, ReqIdentifiers.GetMaxSeq, _userIds[user], _run, OpeningMsgIncr, data);

        var payloadLength = _settings.Gzip ? length + GzipMember.StoredPrefix + GzipMember.StoredSuffix : length;
        var header = WebSocketFrame.HeaderLength(payloadLength);
        var frame = destination[..(header + payloadLength)];
        envelope[..length].CopyTo(frame[(header + (_settings.Gzip ? GzipMember.StoredPrefix : 0))..]);
        if (_settings.Gzip) GzipMember.Seal(frame[header..]);
        WebSocketFrame.Seal(frame, payloadLength, WebSocketOpcode.Binary, mask);
        return frame.Length;
    }

    public int WriteMessage(int user, long counter, long timestamp, uint mask, Span<byte> destination)
    {
        var now = _startUnixMilliseconds + (long)Stopwatch.GetElapsedTime(_startTimestamp, timestamp).TotalMilliseconds;
        return _templates[user]!.Write(counter, timestamp, now, mask, destination);
    }

    public void Receive(int user, WebSocketOpcode opcode, ReadOnlySpan<byte> payload, ILoadSink sink)
    {
        if (opcode == WebSocketOpcode.Text)
        {
            ReadHandshakeResult(user, payload, sink);
            return;
        }

        if (_settings.Gzip) payload = GzipMember.Open(payload, _inflater);
        if (_scratch.Length < payload.Length) _scratch = new byte[payload.Length * 2];
        var envelope = _settings.Encoding == OpenImEncoding.Gob
            ? GobEnvelope.ReadResponse(payload)
            : JsonEnvelope.ReadResponse(payload, _scratch);

        switch (envelope.ReqIdentifier)
        {
            case ReqIdentifiers.Push: ReadPush(user, envelope.Data, sink); break;
            case ReqIdentifiers.SendMessage: ReadReply(user, in envelope, sink); break;
            case ReqIdentifiers.GetMaxSeq:
                if (envelope.ErrCode != 0) throw new InvalidDataException($"1001 answered {envelope.ErrCode}");
                sink.OnPosition(user, OpenImMessages.ReadMaxSeq(envelope.Data, _conversationIds[_topology.ConversationOf(user)]));
                break;
            case ReqIdentifiers.Kicked: throw new InvalidDataException("kicked");
        }
    }

    public void Dispose() => _rest.Dispose();

    private static void ReadHandshakeResult(int user, ReadOnlySpan<byte> payload, ILoadSink sink)
    {
        // The only other text frame is a pong to a text ping, which this client does not send.
        if (payload.IndexOf("\"errCode\":0,"u8) < 0)
            throw new InvalidDataException("handshake refused: " + System.Text.Encoding.UTF8.GetString(payload));
        sink.OnAuthenticated(user);
    }

    private void ReadReply(int user, in Envelope envelope, ILoadSink sink)
    {
        if (!Marker.TryReadHex(envelope.MsgIncr, out var counter))
        {
            sink.OnCorrupt(user);
        }
        else if (envelope.ErrCode != 0)
        {
            sink.OnRefused(user, counter, envelope.ErrCode);
        }
        else
        {
            if (!IsClientMsgId(OpenImMessages.ReadSendReply(envelope.Data), user, counter)) sink.OnCorrupt(user);
            sink.OnAcknowledged(user, counter);
        }
    }

    private void ReadPush(int user, ReadOnlySpan<byte> data, ILoadSink sink)
    {
        var messages = new MessagesReader(data);
        while (messages.Next())
        {
            if (messages.IsNotification) continue;
            var message = messages.Current;
            if (!messages.ConversationId.SequenceEqual(_conversationIds[_topology.ConversationOf(user)]))
            {
                sink.OnCorrupt(user);
            }
            else if (message.ContentType != OpenImMessages.TextContent)
            {
                sink.OnOther(user, message.Seq);
            }
            else if (OpenImTemplate.TryGetText(message.Content, out var text)
                && text.Length == _settings.TextBytes
                && Marker.TryRead(text, out var sender, out var counter, out var timestamp)
                && IsClientMsgId(message.ClientMsgId, sender, counter))
            {
                sink.OnDelivered(user, sender, counter, timestamp, message.Seq);
            }
            else
            {
                sink.OnCorrupt(user);
            }
        }
    }

    private static bool IsClientMsgId(ReadOnlySpan<byte> id, int sender, long counter) =>
        id.Length == 32
        && Marker.TryReadHex(id.Slice(8, 8), out var idSender) && idSender == sender
        && Marker.TryReadHex(id[16..], out var idCounter) && idCounter == counter;

    private OpenImTemplate MakeTemplate(int user)
    {
        var conversation = _topology.ConversationOf(user);
        var first = _topology.FirstMemberOf(user);
        var target = _topology.IsDirect ? _userIds[user == first ? user + 1 : first] : GroupId(conversation);
        var clientMsgId = string.Create(CultureInfo.InvariantCulture, $"{_run}{user:x8}{0:x16}");
        var template = new OpenImTemplate(
            _settings.Encoding, _settings.Gzip, user, _userIds[user], target, !_topology.IsDirect, clientMsgId, _settings.TextBytes, _settings.Platform);
        MaxFrameLength = Math.Max(MaxFrameLength, template.FrameLength);
        return template;
    }

    private string GroupId(int conversation) => string.Create(CultureInfo.InvariantCulture, $"g{_run}{conversation:d5}");
}

/// <param name="Url">The server's root.</param>
/// <param name="Path">The dialect's prefix, such as <c>/openim</c>.</param>
/// <param name="TextBytes">The length of each message's text.</param>
/// <param name="Platform">OpenIM's platformID of every connection.</param>
internal sealed record OpenImSettings(
    Uri Url, string Path, string Secret, string Admin, OpenImEncoding Encoding, bool Gzip, int TextBytes, int Platform);
