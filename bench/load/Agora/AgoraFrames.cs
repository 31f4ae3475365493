using Dragoman.Load.Codecs;
using Dragoman.Load.Net;

namespace Dragoman.Load.Agora;

/// <summary>What a client sends and reads, by field number.</summary>
/// <remarks>Source: our Agora Chat specification, client side, section 4.</remarks>
internal static class AgoraFrames
{
    internal const int Sync = 0, Unread = 1, Notice = 2, Provision = 3;
    internal const int Chat = 1, GroupChat = 2, ChatRoom = 3;
    internal const string People = "easemob.com", Conferences = "conference.easemob.com";
    private const int ChatSpace = 1, MucSpace = 2;

    internal static byte[] MakeProvision(string key, string user, string token)
    {
        var provision = new ProtoWriter(new byte[1024]);
        provision.Int64(1, 16);
        provision.String(2, "1.4.0");
        provision.String(9, "load");
        provision.String(12, "webim");
        provision.String(13, "webim_web_load");
        var frame = new ProtoWriter(new byte[4096]);
        frame.Int64(1, 0);
        frame.Bytes(2, Jid(key, user, People));
        frame.String(3, "$t$" + token);
        frame.Int64(8, Provision);
        frame.Bytes(9, provision.Written);
        return frame.Written.ToArray();
    }

    internal static byte[] MakeUnread()
    {
        var frame = new ProtoWriter(new byte[16]);
        frame.Int64(8, Unread);
        return frame.Written.ToArray();
    }

    /// <summary>A text to somebody, a group or a room; the marker's place is the beginning of the text.</summary>
    internal static byte[] MakeText(string key, string target, int type, long metaId, ReadOnlySpan<byte> text)
    {
        var content = new ProtoWriter(new byte[text.Length + 32]);
        content.Int64(1, 0);
        content.Bytes(2, text);
        var body = new ProtoWriter(new byte[text.Length + 256]);
        body.Int64(1, type);
        body.Bytes(4, content.Written);
        return Wrap(key, target, type == Chat ? People : Conferences, metaId, ChatSpace, body.Written);
    }

    /// <param name="operation">2 comes in, 3 leaves.</param>
    internal static byte[] MakeRoomStep(string key, string room, long metaId, int operation)
    {
        var body = new ProtoWriter(new byte[512]);
        body.Bytes(1, Jid(key, room, Conferences));
        body.Int64(2, operation);
        body.Bool(7, true);
        return Wrap(key, room, Conferences, metaId, MucSpace, body.Written);
    }

    /// <summary>Everything of a queue up to a key has arrived.</summary>
    internal static int WriteAcknowledgement(Span<byte> destination, ReadOnlySpan<byte> queue, ulong key, bool hasKey, uint mask)
    {
        var sync = new ProtoWriter(stackalloc byte[512]);
        if (hasKey) sync.Int64(2, (long)key);
        sync.Bytes(3, queue);
        var frame = new ProtoWriter(stackalloc byte[600]);
        frame.Int64(8, Sync);
        frame.Bytes(9, sync.Written);
        return Seal(frame.Written, mask, destination);
    }

    internal static int Seal(ReadOnlySpan<byte> message, uint mask, Span<byte> destination)
    {
        var header = WebSocketFrame.HeaderLength(message.Length);
        var frame = destination[..(header + message.Length)];
        message.CopyTo(frame[header..]);
        WebSocketFrame.Seal(frame, message.Length, WebSocketOpcode.Binary, mask);
        return frame.Length;
    }

    private static byte[] Wrap(string key, string target, string domain, long metaId, int space, ReadOnlySpan<byte> payload)
    {
        var meta = new ProtoWriter(new byte[payload.Length + 512]);
        meta.Int64(1, metaId);
        meta.Bytes(3, Jid(key, target, domain));
        meta.Int64(5, space);
        meta.Bytes(6, payload);
        var sync = new ProtoWriter(new byte[payload.Length + 600]);
        sync.Bytes(1, meta.Written);
        var frame = new ProtoWriter(new byte[payload.Length + 700]);
        frame.Int64(8, Sync);
        frame.Bytes(9, sync.Written);
        return frame.Written.ToArray();
    }

    private static byte[] Jid(string key, string name, string domain)
    {
        var jid = new ProtoWriter(new byte[512]);
        jid.String(1, key);
        jid.String(2, name);
        jid.String(3, domain);
        return jid.Written.ToArray();
    }
}
