using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Files;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary><c>POST /object/initiate_multipart_upload</c>: announces a file; one whose bytes are there is done with that.</summary>
/// <remarks>The sizes of parts are the server's: a client that cut its file otherwise sees it in the answer and gives up, as with the vendor.</remarks>
internal sealed class InitiateMultipartUpload(BeginUpload begin)
    : OpenImEndpoint<InitiateMultipartUploadReq, InitiateMultipartUploadResp>("/object/initiate_multipart_upload")
{
    protected override async ValueTask<OpenImReply<InitiateMultipartUploadResp>> HandleAsync(
        OpenImCall call, InitiateMultipartUploadReq request, CancellationToken ct)
    {
        if (ObjectNames.Check(call, request.Name) is { } badName) return badName;
        if (request.Size < 0) return ObjectNames.Raw("invalid size");
        if (ObjectNames.CheckHash(request.Hash) is { } badHash) return badHash;
        if (request.Size == 0) return PartSize.SizeMissing;

        var settings = call.App.Settings.Object;
        var begun = await begin.RunAsync(call.Caller, new FileDraft
        {
            Name = request.Name,
            Size = request.Size,
            Checksum = new FileChecksum(ChecksumKind.PartsMd5, request.Hash.ToLowerInvariant()),
            ContentType = request.ContentType,
            Label = request.Cause,
            SignedParts = SignedParts(request),
            Life = TimeSpan.FromSeconds(settings.UploadExpireSeconds),
            MaxBytes = settings.MaxFileBytes,
            MaxAppBytes = settings.MaxAppBytes,
        }, ct);
        if (!begun.TryGet(out var result, out var refusal)) return refusal;
        if (result.Upload is not { } upload) return new InitiateMultipartUploadResp { Url = ObjectUrls.PrefixOf(call.Http.Request) + request.Name };

        var sign = new AuthSignParts();
        sign.Parts.Add(SignedPartViews.Of(result.Parts, ObjectUrls.BaseOf(call.Http.Request)));
        return new InitiateMultipartUploadResp
        {
            Upload = new UploadInfo { UploadID = upload.Id.Value, PartSize = upload.PartSize, Sign = sign.Parts.Count > 0 ? sign : null, ExpireTime = upload.ExpiresAt },
        };
    }

    /// <summary>A negative number asks for all; a file of one part gets its address whatever was asked for.</summary>
    private static int SignedParts(InitiateMultipartUploadReq request) => request.MaxParts < 0 ? int.MaxValue : Math.Max(request.MaxParts, 1);
}
