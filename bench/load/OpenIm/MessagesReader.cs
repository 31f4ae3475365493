using Dragoman.Load.Codecs;

namespace Dragoman.Load.OpenIm;

/// <summary>Walks over every message of a PushMessages or a PullMessageBySeqsResp, which have the same shape.</summary>
internal ref struct MessagesReader(ReadOnlySpan<byte> data)
{
    private ProtoReader _maps = new(data);
    private ProtoReader _messages = new(default);

    /// <summary>The conversation of <see cref="Current"/>.</summary>
    internal ReadOnlySpan<byte> ConversationId { get; private set; }

    /// <summary>Whether the conversation is an <c>n_</c> one.</summary>
    internal bool IsNotification { get; private set; }

    internal MsgData Current { get; private set; }

    internal bool Next()
    {
        do
        {
            while (_messages.Next())
            {
                if (_messages.Field != 1)
                {
                    _messages.Skip();
                    continue;
                }

                Current = OpenImMessages.ReadMsgData(_messages.Bytes());
                return true;
            }
        }
        while (NextConversation());

        return false;
    }

    private bool NextConversation()
    {
        while (_maps.Next())
        {
            if (_maps.Field is not (1 or 2))
            {
                _maps.Skip();
                continue;
            }

            IsNotification = _maps.Field == 2;
            var entry = new ProtoReader(_maps.Bytes());
            while (entry.Next())
            {
                if (entry.Field == 1) ConversationId = entry.Bytes();
                else if (entry.Field == 2) _messages = new ProtoReader(entry.Bytes());
                else entry.Skip();
            }

            return true;
        }

        return false;
    }
}
