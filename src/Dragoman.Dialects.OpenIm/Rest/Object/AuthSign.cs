using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Files;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary><c>POST /object/auth_sign</c>: addresses of further parts. Not for files of one part: the vendor refuses that.</summary>
internal sealed class AuthSign(SignParts sign) : OpenImEndpoint<AuthSignReq, AuthSignResp>("/object/auth_sign")
{
    protected override async ValueTask<OpenImReply<AuthSignResp>> HandleAsync(OpenImCall call, AuthSignReq request, CancellationToken ct)
    {
        var signed = await sign.RunAsync(call.Caller, new UploadId(request.UploadID), request.PartNumbers, ct);
        if (!signed.TryGet(out var parts, out var refusal)) return refusal;
        if (parts.Upload.PartCount == 1) return ObjectNames.Raw("presigned id not support auth sign");

        var reply = new AuthSignResp();
        reply.Parts.Add(SignedPartViews.Of(parts.Parts, ObjectUrls.BaseOf(call.Http.Request)));
        return reply;
    }
}
