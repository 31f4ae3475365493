using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Files;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary><c>POST /object/complete_multipart_upload</c>: makes a file of the parts that were sent.</summary>
internal sealed class CompleteMultipartUpload(CompleteUpload complete)
    : OpenImEndpoint<CompleteMultipartUploadReq, CompleteMultipartUploadResp>("/object/complete_multipart_upload")
{
    protected override async ValueTask<OpenImReply<CompleteMultipartUploadResp>> HandleAsync(
        OpenImCall call, CompleteMultipartUploadReq request, CancellationToken ct)
    {
        if (ObjectNames.Check(call, request.Name) is { } badName) return badName;

        var completion = new UploadCompletion(request.Parts, request.Name, request.ContentType, request.Cause);
        var completed = await complete.RunAsync(call.Caller, new UploadId(request.UploadID), completion, ct);
        return completed.TryGet(out var file, out var refusal)
            ? new CompleteMultipartUploadResp { Url = ObjectUrls.PrefixOf(call.Http.Request) + file.Name }
            : refusal;
    }
}
