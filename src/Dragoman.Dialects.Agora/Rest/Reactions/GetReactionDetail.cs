using System.Globalization;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Rest.Reactions;

/// <summary>Who has reacted in one way. Clients call the cursor <c>currentPage</c> and the limit <c>pageSize</c>.</summary>
internal sealed class GetReactionDetail(ListReactions reactions, TimeProvider clock) : ReactionEndpoint("GET", "/reaction/user/{u}/detail", clock)
{
    private const int MaxUsers = 50;

    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, UserId user, CancellationToken ct)
    {
        if (!TryReadId(call.Query("msgId"), out var id) || call.Query("message") is not { } reaction) return Illegal;
        var limit = int.TryParse(call.Query("limit") ?? call.Query("pageSize"), CultureInfo.InvariantCulture, out var wanted) && wanted > 0 ? wanted : MaxUsers;
        if (limit > MaxUsers) return AgoraErrors.BadRequest.With("Limit exceeds the maximum quantity limit");
        if (PageCursor.SkipOf(call.Query("cursor") ?? call.Query("currentPage")) is not { } skip) return PageCursor.Invalid;

        var read = await reactions.UsersAsync(call.Caller, user, id, reaction, skip, limit, ct);
        if (!read.TryGet(out var page, out var refusal)) return ErrorOf(refusal);

        var detail = ReactionJson.Of(id, page.Tally);
        detail["cursor"] = page.IsLast ? "" : PageCursor.At(skip + page.Tally.Users.Count);
        return Ok(detail);
    }
}
