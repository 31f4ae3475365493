using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>Adds to messages that are shown again what became of them since: reactions, and threads under them.</summary>
internal sealed class Afterwards(ReactionTallies reactions, ThreadOverviews threads)
{
    /// <param name="shown">Of one conversation, each entry with its meta, whose payload is replaced.</param>
    public async ValueTask AddAsync(AgoraApp app, UserId reader, ConversationKey conversation, IReadOnlyList<(Entry Entry, Meta Meta)> shown, CancellationToken ct)
    {
        var tallies = await reactions.OfAsync(reader, [.. shown.Select(one => one.Entry)], ct);
        foreach (var (entry, meta) in shown)
        {
            if (tallies.TryGetValue(entry.Id, out var own)) ReactionJson.AddTo(meta, entry, own);
        }

        await threads.AddAsync(app, conversation, shown, ct);
    }
}
