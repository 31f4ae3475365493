using System.Globalization;
using Dragoman.Dialects.Agora.Files;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Gateway.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dragoman.Dialects.Agora.Rest.Files;

/// <summary>One part of a large file; completing it; giving it up.</summary>
internal sealed class PartUpload(ReceivePart receive, CompleteUpload complete, AbortUpload abort, FileLimits limits, ChatFiles files)
    : AgoraEndpoint("PUT,POST,DELETE", "/sdk/chatfiles/part-upload/{file}", Access.Users)
{
    private const string PartField = "part_file";
    private const string NumberField = "part_number";

    /// <summary>What a part has in memory; the rest of it waits in a file until its number is known, which comes behind it.</summary>
    private const int BufferedBytes = 64 * 1024;

    public override bool ReadsBody => true;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (!ChatFiles.TryReadId(call.TextIn("file"), out var id)) return AgoraErrors.Table[Condition.UploadNotFound];

        var upload = new UploadId(id.Value);
        if (HttpMethods.IsPut(call.Http.Request.Method)) return await ReceiveAsync(call, upload, ct);
        return HttpMethods.IsPost(call.Http.Request.Method) ? await CompleteAsync(call, upload, ct) : await AbortAsync(call, upload, ct);
    }

    private async ValueTask<AgoraReply> ReceiveAsync(AgoraCall call, UploadId upload, CancellationToken ct)
    {
        var bound = limits.PartSizeOf(Math.Min(call.App.Settings.Files.Bytes, limits.LargestFile));
        if (call.Http.Request.ContentLength > bound + FormReader.MaxOverhead) return AgoraErrors.TooLarge;
        if (!call.Http.Request.HasFormContentType) return AgoraErrors.IllegalArgument.With("file must be provided.");

        BodyBound.Raise(call.Http, bound + FormReader.MaxOverhead);
        IFormCollection form;
        try
        {
            form = await call.Http.Request.ReadFormAsync(
                new FormOptions { MemoryBufferThreshold = BufferedBytes, MultipartBodyLengthLimit = bound, ValueCountLimit = 16, KeyLengthLimit = 64, ValueLengthLimit = 1024 }, ct);
        }
        catch (InvalidDataException)
        {
            return AgoraErrors.TooLarge;
        }

        if (form.Files.GetFile(PartField) is not { } part || !int.TryParse(form[NumberField], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return AgoraErrors.IllegalArgument.With("file must be provided.");

        await using var body = part.OpenReadStream();
        var received = await receive.RunAsync(call.Caller, upload, number, body, part.Length, ct);
        return received.TryGet(out _, out var refusal) ? AgoraReply.Empty : refusal;
    }

    private async ValueTask<AgoraReply> CompleteAsync(AgoraCall call, UploadId upload, CancellationToken ct)
    {
        var isRestricted = UploadChatFile.IsRestricted(call.Http.Request);
        var completion = new UploadCompletion(PartChecksums: null, Label: ChatFiles.LabelOf(isRestricted)) { MayBeSmaller = true, ExpiresAt = files.ExpiryOf(call.App) };
        var completed = await complete.RunAsync(call.Caller, upload, completion, ct);
        return completed.TryGet(out var file, out var refusal) ? files.Uploaded(call.App, file, isRestricted) : refusal;
    }

    private async ValueTask<AgoraReply> AbortAsync(AgoraCall call, UploadId upload, CancellationToken ct) =>
        (await abort.RunAsync(call.Caller, upload, ct)).TryGet(out _, out var refusal) ? AgoraReply.Empty : refusal;
}
