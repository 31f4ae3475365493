using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Groups;

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

/// <summary><c>DELETE /chatgroups/{g}/share_files/{f}</c>.</summary>
internal sealed class DeleteSharedFile(UnshareFile unshare) : GroupEndpoint("DELETE", "/chatgroups/{g}/share_files/{f}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var removed = await unshare.RunAsync(call.Caller, group, SharedFiles.Read(call.TextIn("f")), ct);
        return removed.TryGet(out var file, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["group_id"] = group.Value, ["file_id"] = SharedFiles.IdOf(file), ["result"] = true } }
            : Refuse(call, refusal);
    }
}
