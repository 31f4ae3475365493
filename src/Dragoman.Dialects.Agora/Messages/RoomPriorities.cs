using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>How important a message to a room is: a number beside it (sections 8.1 and 9.1), a word in REST calls.</summary>
internal static class RoomPriorities
{
    private const string Tag = "chatroom_msg_tag";

    public static KeyValue Of(MessagePriority priority) => new()
    {
        Key = Tag,
        Type = KeyValue.Types.ValueType.Int,
        VarintValue = priority switch
        {
            MessagePriority.High => 0,
            MessagePriority.Low => 2,
            _ => 1,
        },
    };

    public static MessagePriority Of(Meta meta)
    {
        foreach (var item in meta.Ext)
        {
            if (item.Key != Tag) continue;
            var tag = item.ValueCase == KeyValue.ValueOneofCase.StringValue ? item.StringValue : item.VarintValue.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return tag switch
            {
                "0" => MessagePriority.High,
                "2" => MessagePriority.Low,
                _ => MessagePriority.Normal,
            };
        }

        return MessagePriority.Normal;
    }

    /// <param name="level"><c>high</c>, <c>low</c>; anything else is normal.</param>
    public static MessagePriority Of(string? level) => level switch
    {
        "high" => MessagePriority.High,
        "low" => MessagePriority.Low,
        _ => MessagePriority.Normal,
    };
}
