using Dragoman.Dialects.Agora.Files;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Gateway.Files;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora.Rest.Files;

/// <summary>A file that goes with a message, whole.</summary>
internal sealed class UploadChatFile(FormReader forms, StoreFile store, ChatFiles files) : AgoraEndpoint("POST", "/chatfiles", Access.Users)
{
    private const int MaxType = 255;

    public override bool ReadsBody => true;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var bound = call.App.Settings.Files.Bytes;
        if (call.Http.Request.ContentLength > bound + FormReader.MaxOverhead) return AgoraErrors.TooLarge;

        BodyBound.Raise(call.Http, bound + FormReader.MaxOverhead);
        if (await forms.FindFileAsync(call.Http.Request, ct) is not { } sent) return Missing(call);

        var isRestricted = IsRestricted(call.Http.Request);
        var draft = new FileDraft
        {
            Name = ChatFiles.NewName(call.Caller, sent.Name),
            Size = bound,
            MaxBytes = bound,
            ContentType = sent.ContentType.Length <= MaxType ? sent.ContentType : "",
            Label = ChatFiles.LabelOf(isRestricted),
        };
        var stored = await store.RunAsync(call.Caller, draft, files.ExpiryOf(call.App), sent.Body, ct);
        if (stored.TryGet(out var file, out var refusal)) return files.Uploaded(call.App, file, isRestricted);
        return refusal.Condition switch
        {
            Condition.FileTooLarge => AgoraErrors.TooLarge,
            Condition.UploadSizeMismatch => Missing(call), // nothing in it
            _ => refusal,
        };
    }

    /// <summary>Some SDKs say it in the header, some in the address; the secret is for who does not say otherwise, too.</summary>
    public static bool IsRestricted(HttpRequest request)
    {
        var said = request.Headers["restrict-access"].ToString() is { Length: > 0 } header ? header : request.Query["restrict-access"].ToString();
        return !string.Equals(said, "false", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Never 400 for users: agora-chat 1.4.0 then calls itself until its stack is full.</summary>
    private static AgoraError Missing(AgoraCall call) =>
        AgoraErrors.IllegalArgument.With("file must be provided.") with { Status = call.Caller.IsAdministrator ? 400 : 403 };
}
