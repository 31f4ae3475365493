using System.Text;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.Crash;

/// <summary>One message of a push or a pull.</summary>
/// <param name="Status">4 stands for a message that is missing or deleted.</param>
internal readonly record struct Pushed(string ConversationId, long Seq, string ClientMsgId, int Status)
{
    /// <summary>The messages of ordinary conversations, in their order.</summary>
    internal static List<Pushed> ReadAll(ReadOnlySpan<byte> data)
    {
        var all = new List<Pushed>();
        var reader = new MessagesReader(data);
        while (reader.Next())
        {
            if (reader.IsNotification) continue;
            var message = reader.Current;
            all.Add(new Pushed(
                Encoding.UTF8.GetString(reader.ConversationId), message.Seq, Encoding.UTF8.GetString(message.ClientMsgId), message.Status));
        }

        return all;
    }
}
