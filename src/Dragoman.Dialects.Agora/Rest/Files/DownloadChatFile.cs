using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Files;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Gateway.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dragoman.Dialects.Agora.Rest.Files;

/// <summary>The bytes of a file, for whoever has its secret: the header of an SDK, or the address in a page.</summary>
internal sealed class DownloadChatFile(OpenFile open, FileReplies replies, AgoraTokens tokens) : AgoraEndpoint("GET,HEAD", "/chatfiles/{file}", Access.Anybody)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Query("vframe") == "true") return AgoraErrors.Table[Condition.FileNotFound]; // pictures out of films are not made here

        var request = call.Http.Request;
        call.Http.Response.Headers.Append(HeaderNames.Vary, "share-secret, Authorization"); // what one may read stays out of reach of another secret
        var secret = request.Headers["share-secret"].ToString() is { Length: > 0 } header ? header : call.Query("share-secret");
        var (found, isByName) = await FindAsync(call, secret, ct);
        if (!found.TryGet(out var file, out var refusal))
        {
            return refusal.Condition switch
            {
                Condition.LinkInvalid => AgoraErrors.Forbidden.With("chatfile no permission"),
                Condition.FileExpired => AgoraErrors.Table[Condition.FileExpired].With($"file {call.TextIn("file")} is expired"),
                _ => refusal,
            };
        }

        if (secret is null && (isByName || ChatFiles.IsRestricted(file)))
        {
            var (bearer, fault) = await tokens.VerifyAsync(call.App, AgoraApi.TokenOf(request), ct);
            if (bearer is null) return AgoraErrors.Of(fault);
            if (!bearer.IsApp && bearer.User != file.Owner) return AgoraErrors.Forbidden.With("chatfile no permission");
        }

        if (!await replies.WriteAsync(call.Http, file)) return AgoraErrors.Table[Condition.FileNotFound];
        return AgoraReply.Written;
    }

    private async ValueTask<(Result<StoredFile> Found, bool IsByName)> FindAsync(AgoraCall call, string? secret, CancellationToken ct)
    {
        var text = call.TextIn("file");
        if (ChatFiles.TryReadId(text, out var id)) return (await open.RunAsync(call.App.Id, id, secret, ct), false);
        return ChatFiles.TryReadName(text, out var name) ? (await open.RunAsync(call.App.Id, name, secret, ct), true) : (Condition.FileNotFound, false);
    }
}
