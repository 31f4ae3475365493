using System.Threading.Channels;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Push;

/// <summary>Messages that may have to wake phones, for <see cref="OfflinePush"/>. Nobody who sends a message waits for it.</summary>
/// <remarks>Only of apps whose server is to be asked: nothing sends pushes yet, so that there is nothing to do for the others.</remarks>
public sealed partial class PushQueue(HookDesk hooks, ILogger<PushQueue> logger) : IEventSubscriber
{
    private const int Capacity = 10_000;

    private readonly Channel<Entry> _waiting = Channel.CreateBounded<Entry>(Capacity);

    internal ChannelReader<Entry> Waiting => _waiting.Reader;

    public void Handle(EngineEvent news, int lane)
    {
        if (news is not EntryPublished { Entry: { Notice: null, Channel: LogChannel.Timeline, Sequence: > 0 } entry }) return;
        if ((entry.Flags & EntryFlags.NoPush) != 0 || !hooks.Asks<PushingMessage>(news.App)) return;
        if (!_waiting.Writer.TryWrite(entry)) Log.Dropped(logger, entry.Id.Value);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} wakes no phones; too many wait for that")]
        public static partial void Dropped(ILogger logger, long messageId);
    }
}
