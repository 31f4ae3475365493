using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Files;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Groups;
using Dragoman.Gateway.Files;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary>Files on a group's shelf, as answers show them.</summary>
internal static class SharedFiles
{
    /// <summary>The vendor's ids are uuids.</summary>
    public static string IdOf(GroupFile file) => Guid.TryParseExact(file.Id.Value, "N", out var id) ? id.ToString("D") : file.Id.Value;

    public static FileId Read(string text) => new(Guid.TryParseExact(text, "D", out var id) ? id.ToString("N") : text);

    public static JsonObject Show(GroupFile file) => new()
    {
        ["file_id"] = IdOf(file),
        ["file_name"] = file.Name,
        ["file_owner"] = file.Owner.Value,
        ["file_size"] = file.Size,
        ["created"] = file.SharedAt,
    };

    /// <summary>What an upload is answered with.</summary>
    public static JsonObject Uploaded(AgoraCall call, GroupFile file) => new()
    {
        ["file_url"] = $"{call.Http.Request.Scheme}://{call.Http.Request.Host.Value}{call.Http.Request.PathBase.Value}/{call.App.Options.OrgName}/{call.App.Options.AppName}{call.Path}/{IdOf(file)}",
        ["group_id"] = file.Group.Value,
        ["file_name"] = file.Name,
        ["created"] = file.SharedAt,
        ["file_id"] = IdOf(file),
        ["file_size"] = file.Size,
    };
}

/// <summary><c>GET /chatgroups/{g}/share_files</c>.</summary>
internal sealed class ListSharedFiles(ReadSharedFiles files) : GroupEndpoint("GET", "/chatgroups/{g}/share_files")
{
    private const int Most = 1_000;

    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var paging = Paging.Of(call, first: 1, Most, Most);
        var listed = await files.ListAsync(call.Caller, group, paging.Skip, paging.Take, ct);
        return listed.TryGet(out var page, out var refusal)
            ? new AgoraReply { Data = new JsonArray([.. page.Select(file => (JsonNode)SharedFiles.Show(file))]), Count = page.Count }
            : Refuse(call, refusal);
    }
}

/// <summary><c>DELETE /chatgroups/{g}/share_files/{file}</c>.</summary>
internal sealed class DeleteSharedFile(UnshareFile unshare) : GroupEndpoint("DELETE", "/chatgroups/{g}/share_files/{file}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var removed = await unshare.RunAsync(call.Caller, group, SharedFiles.Read(call.TextIn("file")), ct);
        return removed.TryGet(out var file, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["group_id"] = group.Value, ["file_id"] = SharedFiles.IdOf(file), ["result"] = true } }
            : Refuse(call, refusal);
    }
}

/// <summary><c>POST /chatgroups/{g}/share_files</c>: a file in a form.</summary>
internal sealed class UploadSharedFile(FormReader forms, StoreFile store, ShareFile share, DeleteFile delete, RosterDirectory rosters)
    : GroupEndpoint("POST", "/chatgroups/{g}/share_files")
{
    private const int MaxType = 255;

    public override bool ReadsBody => true;

    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var bound = call.App.Settings.Groups.FileBytes;
        if (call.Http.Request.ContentLength > bound + FormReader.MaxOverhead) return AgoraErrors.TooLarge;
        if (await rosters.FindAsync(call.App.Id, group, ct) is not { } roster) return Refuse(call, new(Condition.GroupNotFound));

        // What the app puts there belongs to whom the group belongs to.
        var caller = call.Caller.IsAdministrator ? call.Caller with { User = roster.Group.Owner } : call.Caller;
        if (await share.CheckAsync(caller, group, ct) is { } forbidden) return Refuse(call, forbidden);

        BodyBound.Raise(call.Http, bound + FormReader.MaxOverhead);
        if (await forms.FindFileAsync(call.Http.Request, ct) is not { } sent) return AgoraErrors.IllegalArgument with { Error = "IllegalArgumentException", Description = "file must be provided." };

        var draft = new FileDraft
        {
            Name = ChatFiles.NewName(caller, sent.Name),
            Size = bound,
            MaxBytes = bound,
            ContentType = sent.ContentType.Length <= MaxType ? sent.ContentType : "",
            Label = "share_file",
        };
        var stored = await store.RunAsync(caller, draft, expiresAt: 0, sent.Body, ct);
        if (!stored.TryGet(out var file, out var refusal))
        {
            return refusal.Condition switch
            {
                Condition.FileTooLarge => AgoraErrors.TooLarge,
                Condition.UploadSizeMismatch => AgoraErrors.IllegalArgument with { Error = "IllegalArgumentException", Description = "file must be provided." },
                _ => Refuse(call, refusal),
            };
        }

        var shared = await share.RunAsync(caller, group, file, FileNames.LastPart(file.Name), CancellationToken.None);
        if (shared.TryGet(out var item, out var unwanted)) return new AgoraReply { Data = SharedFiles.Uploaded(call, item) };
        await delete.RunAsync(caller, file.Name, CancellationToken.None);
        return Refuse(call, unwanted);
    }
}

/// <summary><c>GET /chatgroups/{g}/share_files/{file}</c>: the bytes.</summary>
internal sealed class DownloadSharedFile(ReadSharedFiles files, FileReplies replies) : GroupEndpoint("GET,HEAD", "/chatgroups/{g}/share_files/{file}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var opened = await files.OpenAsync(call.Caller, group, SharedFiles.Read(call.TextIn("file")), ct);
        if (!opened.TryGet(out var file, out var refusal)) return Refuse(call, refusal);
        return await replies.WriteAsync(call.Http, file) ? AgoraReply.Written : AgoraErrors.Table[Condition.FileNotFound];
    }
}
