using Dragoman.Dialects.Agora.Protos;
using Dragoman.Gateway.Protobuf;
using Command = Dragoman.Dialects.Agora.Protos.MSync.Types.Command;

namespace Dragoman.Dialects.Agora.Frames;

/// <summary>What a logged-in client sends: of an MSync its command and payload, in place. The rest of it is who the client is, which is known.</summary>
internal readonly ref struct UplinkFrame
{
    private UplinkFrame(Command command, ReadOnlySpan<byte> payload)
    {
        Command = command;
        Payload = payload;
    }

    public Command Command { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <returns>False when the bytes are no frame.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out UplinkFrame frame)
    {
        frame = default;
        var command = 0ul;
        var payload = ReadOnlySpan<byte>.Empty;
        var reader = new WireReader(bytes);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var tag)) return false;
            var isRead = tag switch
            {
                MSync.CommandFieldNumber << 3 | WireReader.Varint => reader.TryReadVarint(out command),
                MSync.PayloadFieldNumber << 3 | WireReader.LengthDelimited => reader.TryReadBytes(out payload),
                _ => reader.TrySkip(tag),
            };
            if (!isRead) return false;
        }

        frame = new((Command)command, payload);
        return true;
    }

    /// <summary>The frame that clients send most: they have a queue up to a key (section 7).</summary>
    /// <returns>False for any other frame.</returns>
    public bool TryReadAcknowledgement(out ulong key)
    {
        key = 0;
        if (Command != Command.Sync) return false;

        var (hasKey, hasQueue) = (false, false);
        var reader = new WireReader(Payload);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var tag) || tag == (CommSyncUL.MetaFieldNumber << 3 | WireReader.LengthDelimited)) return false;
            if (tag == (CommSyncUL.KeyFieldNumber << 3 | WireReader.Varint))
            {
                hasKey = reader.TryReadVarint(out key);
                if (!hasKey) return false;
            }
            else
            {
                hasQueue |= tag == (CommSyncUL.QueueFieldNumber << 3 | WireReader.LengthDelimited);
                if (!reader.TrySkip(tag)) return false;
            }
        }

        return hasKey && hasQueue;
    }
}
