using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.OpenIm.Rest.Msg.Admin;

/// <summary>Conversations by an id alone, as administrators name them.</summary>
internal sealed class NamedConversations(ConversationHeads heads)
{
    /// <returns>The conversation; null when nothing was ever said in one of this name.</returns>
    public async ValueTask<ConversationKey?> FindAsync(AppId app, string id, CancellationToken ct)
    {
        // User ids may hold the separator of a pair: of all ways to take it apart, the one that exists is meant.
        foreach (var key in ConversationIds.ParseAny(app, id))
        {
            if ((await heads.EndsAsync(key, ct)).Timeline > 0) return key;
        }

        return null;
    }
}
