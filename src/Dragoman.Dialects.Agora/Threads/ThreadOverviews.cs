using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Topics;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Threads;

/// <summary>Adds to messages of a group the threads that are under them, where they are shown again.</summary>
internal sealed class ThreadOverviews(LastTopicEntries topics, MessageBodies bodies)
{
    /// <param name="shown">Of one conversation, each entry with its meta, whose payload is replaced.</param>
    public async ValueTask AddAsync(AgoraApp app, ConversationKey conversation, IReadOnlyList<(Entry Entry, Meta Meta)> shown, CancellationToken ct)
    {
        if (conversation.Kind != ConversationKind.Group || !app.Settings.Features.Threads) return;

        var (from, to) = (long.MaxValue, 0L);
        foreach (var (entry, _) in shown)
        {
            if (IsMessage(entry)) (from, to) = (Math.Min(from, entry.Sequence), Math.Max(to, entry.Sequence));
        }

        if (to == 0) return;
        var under = await topics.UnderAsync(app.Id, conversation.GroupId, from, to, ct);
        if (under.Count == 0) return;

        foreach (var (entry, meta) in shown)
        {
            if (!IsMessage(entry) || !under.TryGetValue(entry.Sequence, out var overview) || Bodies.Parse(meta.Payload.Span) is not { } body) continue;
            ThreadJson.PutOver(body, app, overview, bodies);
            meta.Payload = body.ToByteString();
        }
    }

    private static bool IsMessage(Entry entry) => entry is { Channel: LogChannel.Timeline, Notice: null };
}
