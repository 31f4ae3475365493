using Dragoman.Dialects.Agora.Protos;
using Dragoman.Gateway.Protobuf;

namespace Dragoman.Dialects.Agora.Frames;

/// <summary>The frame that clients send most: they have a queue up to a key (section 7). Read in place, for there is one for every message that is pushed.</summary>
internal static class AckFrame
{
    /// <returns>False for any other frame, and for what is no frame at all.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out ulong key)
    {
        key = 0;
        var payload = ReadOnlySpan<byte>.Empty;
        var outer = new WireReader(frame);
        while (!outer.AtEnd)
        {
            if (!outer.TryReadTag(out var tag)) return false;
            switch (tag)
            {
                case MSync.CommandFieldNumber << 3 | WireReader.Varint:
                    if (!outer.TryReadVarint(out var command) || command != (ulong)MSync.Types.Command.Sync) return false;
                    break;
                case MSync.PayloadFieldNumber << 3 | WireReader.LengthDelimited:
                    if (!outer.TryReadBytes(out payload)) return false;
                    break;
                default:
                    if (!outer.TrySkip(tag)) return false;
                    break;
            }
        }

        return TryReadPayload(payload, out key);
    }

    private static bool TryReadPayload(ReadOnlySpan<byte> payload, out ulong key)
    {
        key = 0;
        var (hasKey, hasQueue) = (false, false);
        var inner = new WireReader(payload);
        while (!inner.AtEnd)
        {
            if (!inner.TryReadTag(out var tag)) return false;
            switch (tag)
            {
                case CommSyncUL.MetaFieldNumber << 3 | WireReader.LengthDelimited:
                    return false;
                case CommSyncUL.KeyFieldNumber << 3 | WireReader.Varint:
                    hasKey = inner.TryReadVarint(out key);
                    if (!hasKey) return false;
                    break;
                default:
                    hasQueue |= tag == (CommSyncUL.QueueFieldNumber << 3 | WireReader.LengthDelimited);
                    if (!inner.TrySkip(tag)) return false;
                    break;
            }
        }

        return hasKey && hasQueue;
    }
}
