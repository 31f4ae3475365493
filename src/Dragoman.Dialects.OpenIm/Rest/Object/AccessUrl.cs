using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Files;
using Dragoman.Gateway.Files;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary><c>POST /object/access_url</c>: where an object can be read for the next days.</summary>
internal sealed class AccessUrl(ResolveFile resolve) : OpenImEndpoint<AccessURLReq, AccessURLResp>("/object/access_url")
{
    protected override async ValueTask<OpenImReply<AccessURLResp>> HandleAsync(OpenImCall call, AccessURLReq request, CancellationToken ct)
    {
        if (!ObjectQueries.IsKnown(request.Query.GetValueOrDefault("type"))) return OpenImErrors.Args.With(ObjectQueries.Unknown);

        var resolved = await resolve.RunAsync(call.AppId, request.Name, ct);
        if (!resolved.TryGet(out var file, out var refusal)) return refusal;
        return new AccessURLResp
        {
            Url = FileAddresses.Spell(file.Address, ObjectUrls.BaseOf(call.Http.Request)),
            ExpireTime = file.ExpiresAt.ToUnixTimeMilliseconds(),
        };
    }
}

/// <summary>What may be asked of an object besides its bytes.</summary>
internal static class ObjectQueries
{
    public const string Unknown = "invalid query type";

    /// <summary>Thumbnails may be asked for; the image itself is the answer, see the README.</summary>
    public static bool IsKnown(string? type) => type is null or "" or "image";
}
