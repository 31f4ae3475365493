using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Files;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Files;

namespace Dragoman.Dialects.Agora.Rest.Files;

/// <summary>Announces a large file, of which neither name nor size is known yet.</summary>
internal sealed class BeginPartUpload(BeginUpload begin) : AgoraEndpoint("POST", "/sdk/chatfiles/part-upload", Access.Users)
{
    /// <summary>How long the parts may take.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var bound = call.App.Settings.Files.Bytes;
        var begun = await begin.RunAsync(call.Caller, new FileDraft { Name = ChatFiles.NewName(call.Caller, ""), Size = bound, MaxBytes = bound, Life = Life }, ct);
        if (!begun.TryGet(out var opened, out var refusal)) return refusal;

        var upload = opened.Upload!;
        return new()
        {
            Entities =
            [
                new JsonObject
                {
                    ["uuid"] = Guid.ParseExact(upload.Id.Value, "N").ToString("D"),
                    ["type"] = "chatfile",
                    ["file_upper_limit"] = bound,
                    ["part_lower_limit"] = upload.PartSize,
                },
            ],
        };
    }
}
