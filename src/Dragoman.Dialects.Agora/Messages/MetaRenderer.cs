using System.Collections.Frozen;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Messages.Notices;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>Shows entries as the vendor's metas (section 9).</summary>
internal sealed class MetaRenderer(AgoraApps apps, MessageBodies bodies, IEnumerable<INoticeRenderer> notices)
{
    private readonly FrozenDictionary<Type, INoticeRenderer> _notices = notices.ToFrozenDictionary(n => n.Notice);

    /// <returns>Nothing for what this dialect's clients are not told.</returns>
    public Rendering Render(Entry entry)
    {
        if (apps.Find(entry.Conversation.App) is not { } app || (entry.Flags & EntryFlags.Erased) != 0) return default;
        if (entry.Notice is { } notice) return _notices.TryGetValue(notice.GetType(), out var renderer) ? renderer.Render(app, entry) : default;
        if (entry.IsRecalled) return default;

        var meta = Metas.Of(app, entry, entry.Sender, Meta.Types.NameSpace.Chat, PayloadOf(entry));
        if (entry.Conversation.Kind == ConversationKind.Room) meta.Ext.Add(RoomPriorities.Of(entry.Priority));
        return new(meta);
    }

    /// <summary>A message as one of this dialect, whoever wrote it; null when its own dialect cannot read it.</summary>
    public MessageBody? BodyOf(Entry entry) => bodies.Of(entry);

    private ByteString PayloadOf(Entry entry) =>
        entry.Origin == AgoraId.Dialect ? UnsafeByteOperations.UnsafeWrap(entry.Body) : bodies.Of(entry)!.ToByteString();
}
