using System.Text.Unicode;
using Dragoman.Gateway.Protobuf;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>A client's MsgData, read in one pass and without an allocation: views into the bytes that it came in.</summary>
/// <remarks>
/// Field numbers: OpenIM protocol, <c>sdkws.MsgData</c>. A scalar that is given twice has its last value, a field that we do not
/// know is skipped, a known one with another wire type too: all as protobuf has it. Stricter than protobuf: strings must be valid
/// UTF-8, there are no groups, and <c>offlinePushInfo</c> is there once at most (protobuf would merge two, and no encoder writes them).
/// </remarks>
internal ref struct MsgDataView
{
    internal const int SendIdField = 1, RecvIdField = 2, GroupIdField = 3, ClientMsgIdField = 4, ServerMsgIdField = 5,
        SenderPlatformIdField = 6, SenderNicknameField = 7, SenderFaceUrlField = 8, SessionTypeField = 9, MsgFromField = 10,
        ContentTypeField = 11, ContentField = 12, SeqField = 14, SendTimeField = 15, CreateTimeField = 16, StatusField = 17,
        IsReadField = 18, OptionsField = 19, OfflinePushInfoField = 20, AtUserIdListField = 21, AttachedInfoField = 22, ExField = 23;

    private const int OfflinePushInfoBadgeField = 5, OfflinePushInfoLastField = 6;
    private const uint OptionKeyTag = 1 << 3 | WireReader.LengthDelimited, OptionValueTag = 2 << 3 | WireReader.Varint;

    private ReadOnlySpan<byte> _data;

    public ReadOnlySpan<byte> SendId { get; private set; }

    public ReadOnlySpan<byte> RecvId { get; private set; }

    public ReadOnlySpan<byte> GroupId { get; private set; }

    public ReadOnlySpan<byte> ClientMsgId { get; private set; }

    public ReadOnlySpan<byte> ServerMsgId { get; private set; }

    public int SenderPlatformId { get; private set; }

    public ReadOnlySpan<byte> SenderNickname { get; private set; }

    public ReadOnlySpan<byte> SenderFaceUrl { get; private set; }

    public int SessionType { get; private set; }

    public int MsgFrom { get; private set; }

    public int ContentType { get; private set; }

    /// <summary>UTF-8 JSON by agreement, which nobody has checked.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>The field was there, if only with nothing in it; upstream refuses a message only when it was not.</summary>
    public bool HasContent { get; private set; }

    public long Seq { get; private set; }

    /// <summary>Unix milliseconds; 0 leaves it to the server.</summary>
    public long SendTime { get; private set; }

    /// <summary>Unix milliseconds.</summary>
    public long CreateTime { get; private set; }

    public int Status { get; private set; }

    public bool IsRead { get; private set; }

    /// <summary>The known options that the client gave.</summary>
    public MsgOptions OptionsGiven { get; private set; }

    /// <summary>Those of <see cref="OptionsGiven"/> that are true.</summary>
    public MsgOptions OptionsTrue { get; private set; }

    /// <summary>The sub-message's own bytes, well-formed.</summary>
    public ReadOnlySpan<byte> OfflinePushInfo { get; private set; }

    public bool HasOfflinePushInfo { get; private set; }

    public int AtUserCount { get; private set; }

    public ReadOnlySpan<byte> AttachedInfo { get; private set; }

    public ReadOnlySpan<byte> Ex { get; private set; }

    /// <summary>What the list and the options that we do not know take in the stored body, summed up while reading.</summary>
    internal int AtUsersLength { get; private set; }

    internal int UnknownOptionsLength { get; private set; }

    /// <summary>The IDs in <c>atUserIDList</c>, in order.</summary>
    public readonly FieldEnumerator AtUserIds => new(_data, AtUserIdListField);

    /// <summary>The entries of <c>options</c>, known or not, as encoded.</summary>
    internal readonly FieldEnumerator OptionEntries => new(_data, OptionsField);

    /// <summary>An option's effective value: absent is true.</summary>
    public readonly bool IsOn(MsgOptions option) => (OptionsGiven & option) == MsgOptions.None || (OptionsTrue & option) != MsgOptions.None;

    /// <param name="data">Has to outlive <paramref name="view"/>.</param>
    public static bool TryParse(ReadOnlySpan<byte> data, out MsgDataView view)
    {
        view = default;
        var parsed = new MsgDataView { _data = data };
        var reader = new WireReader(data);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var tag)) return false;

            var read = (tag & 7) switch
            {
                WireReader.Varint => parsed.TryTakeNumber(ref reader, (int)(tag >> 3)),
                WireReader.LengthDelimited => parsed.TryTakeBytes(ref reader, (int)(tag >> 3)),
                _ => reader.TrySkip(tag),
            };
            if (!read) return false;
        }

        view = parsed;
        return true;
    }

    private bool TryTakeNumber(scoped ref WireReader reader, int field)
    {
        if (!reader.TryReadVarint(out var value)) return false;

        switch (field)
        {
            case SenderPlatformIdField: SenderPlatformId = (int)value; break;
            case SessionTypeField: SessionType = (int)value; break;
            case MsgFromField: MsgFrom = (int)value; break;
            case ContentTypeField: ContentType = (int)value; break;
            case SeqField: Seq = (long)value; break;
            case SendTimeField: SendTime = (long)value; break;
            case CreateTimeField: CreateTime = (long)value; break;
            case StatusField: Status = (int)value; break;
            case IsReadField: IsRead = value != 0; break;
            default: break;
        }
        return true;
    }

    private bool TryTakeBytes(scoped ref WireReader reader, int field)
    {
        if (!reader.TryReadBytes(out var value)) return false;

        switch (field)
        {
            case SendIdField: SendId = value; break;
            case RecvIdField: RecvId = value; break;
            case GroupIdField: GroupId = value; break;
            case ClientMsgIdField: ClientMsgId = value; break;
            case ServerMsgIdField: ServerMsgId = value; break;
            case SenderNicknameField: SenderNickname = value; break;
            case SenderFaceUrlField: SenderFaceUrl = value; break;
            case AttachedInfoField: AttachedInfo = value; break;
            case ExField: Ex = value; break;

            case AtUserIdListField:
                AtUserCount++;
                AtUsersLength += WireWriter.BytesLength(AtUserIdListField, value.Length);
                break;

            case ContentField:
                Content = value;
                HasContent = true;
                return true;

            case OptionsField: return TryTakeOption(value);
            case OfflinePushInfoField: return TryTakeOfflinePushInfo(value);
            default: return true;
        }
        return Utf8.IsValid(value);
    }

    private bool TryTakeOption(ReadOnlySpan<byte> entry)
    {
        if (!TryReadOption(entry, out var option, out var isTrue)) return false;

        if (option == MsgOptions.None) UnknownOptionsLength += WireWriter.BytesLength(OptionsField, entry.Length);
        OptionsGiven |= option;
        OptionsTrue = isTrue ? OptionsTrue | option : OptionsTrue & ~option;
        return true;
    }

    /// <summary>Reads one entry of the map. Key and value may be absent or repeated, as in any message.</summary>
    internal static bool TryReadOption(ReadOnlySpan<byte> entry, out MsgOptions option, out bool isTrue)
    {
        option = MsgOptions.None;
        isTrue = false;
        ReadOnlySpan<byte> key = default;
        ulong value = 0;
        var reader = new WireReader(entry);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var tag)) return false;

            var read = tag switch
            {
                OptionKeyTag => reader.TryReadBytes(out key) && Utf8.IsValid(key),
                OptionValueTag => reader.TryReadVarint(out value),
                _ => reader.TrySkip(tag),
            };
            if (!read) return false;
        }

        option = MsgOptionKeys.Parse(key);
        isTrue = value != 0;
        return true;
    }

    /// <summary>Looked through although it is kept as it is: it goes to other clients, whose decoders have to accept it.</summary>
    private bool TryTakeOfflinePushInfo(ReadOnlySpan<byte> value)
    {
        if (HasOfflinePushInfo) return false;

        HasOfflinePushInfo = true;
        OfflinePushInfo = value;
        var reader = new WireReader(value);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadTag(out var tag)) return false;

            var isText = (tag & 7) == WireReader.LengthDelimited && tag >> 3 is not OfflinePushInfoBadgeField and <= OfflinePushInfoLastField;
            var read = isText ? reader.TryReadBytes(out var text) && Utf8.IsValid(text) : reader.TrySkip(tag);
            if (!read) return false;
        }
        return true;
    }

    /// <summary>Walks the occurrences of one length-delimited field of a message that was found well-formed.</summary>
    internal ref struct FieldEnumerator(ReadOnlySpan<byte> data, int field)
    {
        private readonly uint _wanted = (uint)field << 3 | WireReader.LengthDelimited;
        private WireReader _reader = new(data);
        private ReadOnlySpan<byte> _current;

        public readonly ReadOnlySpan<byte> Current => _current;

        public readonly FieldEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            while (!_reader.AtEnd && _reader.TryReadTag(out var tag))
            {
                if (tag == _wanted) return _reader.TryReadBytes(out _current);
                if (!_reader.TrySkip(tag)) return false;
            }
            return false;
        }
    }
}
