using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Files;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary><c>POST /object/complete_form_data</c>: makes a file of the form that was sent.</summary>
internal sealed class CompleteFormData(CompleteUpload complete) : OpenImEndpoint<CompleteFormDataReq, CompleteFormDataResp>("/object/complete_form_data")
{
    protected override async ValueTask<OpenImReply<CompleteFormDataResp>> HandleAsync(OpenImCall call, CompleteFormDataReq request, CancellationToken ct)
    {
        if (request.Id.Length == 0) return OpenImErrors.Args.With("id is empty");
        var id = new UploadId(request.Id);
        if (!id.IsWellFormed) return OpenImErrors.Args.With("invalid id");

        var completed = await complete.RunAsync(call.Caller, id, new UploadCompletion(PartChecksums: null), ct);
        if (completed.TryGet(out var file, out var refusal)) return new CompleteFormDataResp { Url = ObjectUrls.PrefixOf(call.Http.Request) + file.Name };
        return refusal.Condition switch
        {
            Condition.UploadSizeMismatch => OpenImErrors.Data.With("file size mismatch"),
            Condition.FileChecksumMismatch => OpenImErrors.Args.With("invalid id"), // of an upload in parts
            _ => refusal,
        };
    }
}
