using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dragoman.Load.Codecs;
using Dragoman.Load.Drivers;
using Dragoman.Load.Net;

namespace Dragoman.Load.Agora;

/// <summary>Drives a server with Agora Chat's protocol: pairs, groups or one chat room. What is pushed is acknowledged, as clients do.</summary>
/// <remarks>
/// The vendor's entries have no sequence numbers, so order is not judged; and a device is not shown what it said itself, so the sender's own
/// share of the deliveries is its acknowledgement.
/// </remarks>
internal sealed class AgoraDriver : ILoadDriver
{
    /// <summary>Meta ids are this and the message's number, all as long as each other.</summary>
    private const long FirstMeta = 1L << 40;

    private readonly AgoraLoadSettings _settings;
    private readonly AgoraRest _rest;
    private readonly Uri _root;
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private readonly byte[] _unread = AgoraFrames.MakeUnread();
    private string[] _users = [];
    private string[] _tokens = [];
    private string[] _targets = [];
    private byte[]?[] _templates = [];
    private long[] _heard = [];
    private Topology _topology = new(0, 1, 0, IsDirect: true);

    internal AgoraDriver(AgoraLoadSettings settings)
    {
        _settings = settings;
        _root = new Uri(settings.Url, settings.Path);
        _rest = new AgoraRest(new Uri(settings.Url, $"{settings.Path}/{settings.Org}/{settings.App}"));
        var host = IPAddress.TryParse(settings.Url.Host, out var address) ? address : Dns.GetHostAddresses(settings.Url.Host)[0];
        Address = new IPEndPoint(host, settings.Url.Port);
    }

    public string Dialect => "agora";

    public string Encoding => "msync";

    public IPEndPoint Address { get; }

    public int MaxFrameLength { get; private set; } = 4096;

    /// <summary>Where the rooms are; for whoever comes and goes.</summary>
    internal IReadOnlyList<string> Targets => _targets;

    private string Key => $"{_settings.Org}#{_settings.App}";

    public async Task SetUpAsync(Topology topology, CancellationToken ct)
    {
        _topology = topology;
        _heard = new long[topology.Users];
        _users = [.. Enumerable.Range(0, topology.Users).Select(user => string.Create(CultureInfo.InvariantCulture, $"l{_run}u{user:d6}"))];
        await _rest.LogInAsync(_settings.ClientId, _settings.Secret, ct);
        _tokens = await _rest.GetTokensAsync(_users, ct);
        _targets = new string[topology.Conversations];
        for (var conversation = 0; conversation < topology.Conversations && !topology.IsDirect; conversation++)
        {
            var members = new ArraySegment<string>(_users, conversation * topology.Members, topology.Members);
            var name = string.Create(CultureInfo.InvariantCulture, $"g{_run}{conversation:d5}");
            _targets[conversation] = _settings.AreRooms ? await _rest.CreateRoomAsync(name, members, ct) : await _rest.CreateGroupAsync(name, members, ct);
        }

        _templates = new byte[]?[topology.Users];
        for (var user = 0; user < topology.Users; user++)
            if (topology.IsSender(user)) _templates[user] = MakeTemplate(user);
    }

    /// <summary>Behind the request goes the login, without waiting: the server reads it when it has accepted.</summary>
    public int WriteHandshake(int user, Span<byte> destination)
    {
        var length = System.Text.Encoding.ASCII.GetBytes(
            $"GET {_root.AbsolutePath.TrimEnd('/')}/websocket HTTP/1.1\r\nHost: {_root.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}\r\nSec-WebSocket-Version: 13\r\n\r\n",
            destination);
        return length + AgoraFrames.Seal(AgoraFrames.MakeProvision(Key, _users[user], _tokens[user]), (uint)user * 2654435761, destination[length..]);
    }

    public int WriteOpening(int user, uint mask, Span<byte> destination) => AgoraFrames.Seal(_unread, mask, destination);

    public int WriteMessage(int user, long counter, long timestamp, uint mask, Span<byte> destination)
    {
        var template = _templates[user]!;
        Span<byte> text = stackalloc byte[Marker.Length];
        Marker.Write(text, user, counter, timestamp);
        text.CopyTo(template.AsSpan(template.Length - _settings.TextBytes));
        WriteMetaId(template, FirstMeta + counter);
        return AgoraFrames.Seal(template, mask, destination);
    }

    /// <param name="operation">2 comes in, 3 leaves.</param>
    internal int WriteRoomStep(string room, long number, int operation, uint mask, Span<byte> destination) =>
        AgoraFrames.Seal(AgoraFrames.MakeRoomStep(Key, room, FirstMeta + number, operation), mask, destination);

    public void Receive(int user, WebSocketOpcode opcode, ReadOnlySpan<byte> payload, ILoadSink sink)
    {
        var command = 0;
        ReadOnlySpan<byte> inner = default;
        var frame = new ProtoReader(payload);
        while (frame.Next())
        {
            if (frame.Field == 8) command = (int)frame.Int64();
            else if (frame.Field == 9) inner = frame.Bytes();
            else frame.Skip();
        }

        switch (command)
        {
            case AgoraFrames.Provision:
                sink.OnAuthenticated(user);
                break;
            case AgoraFrames.Unread:
                sink.OnPosition(user, 0);
                break;
            case AgoraFrames.Notice:
                var notice = new ProtoReader(inner);
                if (notice.Next()) sink.Reply(user, AgoraFrames.WriteAcknowledgement(sink.ReplyBuffer, notice.Bytes(), 0, hasKey: false, sink.NextMask()));
                break;
            default:
                ReadSync(user, inner, sink);
                break;
        }
    }

    public void Dispose() => _rest.Dispose();

    private void ReadSync(int user, ReadOnlySpan<byte> payload, ILoadSink sink)
    {
        ulong metaId = 0, nextKey = 0;
        var status = 0;
        ReadOnlySpan<byte> queue = default;
        var sync = new ProtoReader(payload);
        while (sync.Next())
        {
            switch (sync.Field)
            {
                case 1: status = StatusOf(sync.Bytes()); break;
                case 2: metaId = (ulong)sync.Int64(); break;
                case 4: ReadMeta(user, sync.Bytes(), sink); break;
                case 5: nextKey = (ulong)sync.Int64(); break;
                case 6: queue = sync.Bytes(); break;
                default: sync.Skip(); break;
            }
        }

        if (metaId != 0) ReadAnswer(user, (long)metaId - FirstMeta, status, sink);
        else if (nextKey != 0) sink.Reply(user, AgoraFrames.WriteAcknowledgement(sink.ReplyBuffer, queue, nextKey, hasKey: true, sink.NextMask()));
    }

    private void ReadAnswer(int user, long counter, int status, ILoadSink sink)
    {
        if (status != 0)
        {
            sink.OnRefused(user, counter, status);
            return;
        }

        sink.OnAcknowledged(user, counter);
        sink.OnDelivered(user, user, counter, 0, ++_heard[user]);
    }

    private void ReadMeta(int user, ReadOnlySpan<byte> bytes, ILoadSink sink)
    {
        var space = 0;
        ReadOnlySpan<byte> body = default;
        var meta = new ProtoReader(bytes);
        while (meta.Next())
        {
            if (meta.Field == 5) space = (int)meta.Int64();
            else if (meta.Field == 6) body = meta.Bytes();
            else meta.Skip();
        }

        if (space != 1) return; // who comes and goes
        var text = TextOf(body);
        if (text.Length == _settings.TextBytes && Marker.TryRead(text, out var sender, out var counter, out var timestamp))
            sink.OnDelivered(user, sender, counter, timestamp, ++_heard[user]);
        else sink.OnCorrupt(user);
    }

    private static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> body)
    {
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            if (reader.Field != 4)
            {
                reader.Skip();
                continue;
            }

            var content = new ProtoReader(reader.Bytes());
            while (content.Next())
            {
                if (content.Field == 2) return content.Bytes();
                content.Skip();
            }
        }

        return default;
    }

    private static int StatusOf(ReadOnlySpan<byte> bytes)
    {
        var status = new ProtoReader(bytes);
        while (status.Next())
        {
            if (status.Field == 1) return (int)status.Int64();
            status.Skip();
        }

        return 0;
    }

    /// <summary>The text is the last of the frame, and the meta's id is found by its first value.</summary>
    private byte[] MakeTemplate(int user)
    {
        var first = _topology.FirstMemberOf(user);
        var (target, type) = _topology.IsDirect
            ? (_users[user == first ? user + 1 : first], AgoraFrames.Chat)
            : (_targets[_topology.ConversationOf(user)], _settings.AreRooms ? AgoraFrames.ChatRoom : AgoraFrames.GroupChat);
        byte[] text = [.. Enumerable.Repeat((byte)'.', _settings.TextBytes)];
        var template = AgoraFrames.MakeText(Key, target, type, FirstMeta, text);
        MaxFrameLength = Math.Max(MaxFrameLength, template.Length + 32);
        return template;
    }

    private static void WriteMetaId(byte[] template, long id)
    {
        // FirstMeta takes six bytes as a varint, and so does every id of a run: they differ in the lower 40 bits.
        var at = template.AsSpan().IndexOf(FirstBytes) is >= 0 and var found ? found + 1 : -1;
        at = at >= 0 ? at : IdPlace(template);
        for (var i = 0; i < 5; i++, id >>= 7) template[at + i] = (byte)((id & 0x7f) | 0x80);
        template[at + 5] = (byte)id;
    }

    private static ReadOnlySpan<byte> FirstBytes => [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20];

    /// <summary>Inside the frame's payload (9), inside the sync's meta (1): its field 1.</summary>
    private static int IdPlace(byte[] template)
    {
        for (var i = 0; i + 6 < template.Length; i++)
        {
            if (template[i] == 0x08 && template[i + 1] >= 0x80 && template[i + 2] >= 0x80 && template[i + 3] >= 0x80 && template[i + 4] >= 0x80
                && template[i + 5] >= 0x80 && template[i + 6] == 0x20) return i + 1;
        }

        throw new InvalidDataException("a message without an id");
    }
}

/// <param name="Path">The dialect's prefix, such as <c>/agora</c>.</param>
/// <param name="TextBytes">The length of each message's text.</param>
/// <param name="AreRooms">Conversations of many are chat rooms instead of groups.</param>
internal sealed record AgoraLoadSettings(Uri Url, string Path, string Org, string App, string ClientId, string Secret, int TextBytes, bool AreRooms);
