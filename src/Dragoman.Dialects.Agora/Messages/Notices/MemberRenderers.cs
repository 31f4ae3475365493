using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Agora.Rest.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Agora.Messages.Notices;

internal sealed class MemberMutedRenderer : NoticeRenderer<MemberMuted>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MemberMuted notice)
    {
        var body = Mucs.Body(app, notice, Operation.AddMute, Mucs.ActorOf(notice), notice.Member.Id);
        body.Ext = string.Create(CultureInfo.InvariantCulture, $$"""{"user_mute_time":{{MuteTimes.Shown(notice.Until)}}}""");
        return new(Mucs.Meta(app, entry, body));
    }
}

internal sealed class MemberUnmutedRenderer : NoticeRenderer<MemberUnmuted>
{
    protected override Rendering Render(AgoraApp app, Entry entry, MemberUnmuted notice) =>
        new(Mucs.Meta(app, entry, notice, Operation.RemoveMute, Mucs.ActorOf(notice), notice.Member.Id));
}

internal sealed class AllowListRenderer : NoticeRenderer<AllowListChanged>
{
    protected override Rendering Render(AgoraApp app, Entry entry, AllowListChanged notice)
    {
        var operation = notice.IsAllowed ? Operation.AddUserWhiteList : Operation.RemoveUserWhiteList;
        return new(Mucs.Meta(app, entry, notice, operation, Mucs.ActorOf(notice), notice.Members.Select(member => member.Id)));
    }
}

internal sealed class MemberAttributesRenderer : NoticeRenderer<MemberAttributesChanged>
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected override Rendering Render(AgoraApp app, Entry entry, MemberAttributesChanged notice)
    {
        var body = Mucs.Body(app, notice, Operation.GroupMemberMetadataUpdate, Mucs.ActorOf(notice), notice.Member.Id);
        var told = new JsonObject { ["properties"] = MetadataErrors.Shown(notice.Changed), ["username"] = notice.Member.Id.Value };
        body.EventInfo = new MUCBody.Types.EventInfo { EventType = MUCBody.Types.EventInfo.Types.EventType.EventNone, Ext = told.ToJsonString(Json) };
        return new(Mucs.Meta(app, entry, body));
    }
}

internal sealed class FileSharedRenderer : NoticeRenderer<FileShared>
{
    protected override Rendering Render(AgoraApp app, Entry entry, FileShared notice)
    {
        var body = Mucs.Body(app, notice, Operation.UploadFile, Mucs.ActorOf(notice));
        body.Reason = SharedFiles.Show(notice.File).ToJsonString();
        return new(Mucs.Meta(app, entry, body));
    }
}

internal sealed class FileUnsharedRenderer : NoticeRenderer<FileUnshared>
{
    protected override Rendering Render(AgoraApp app, Entry entry, FileUnshared notice)
    {
        var body = Mucs.Body(app, notice, Operation.DeleteFile, Mucs.ActorOf(notice));
        body.Reason = SharedFiles.Show(notice.File)["file_id"]!.GetValue<string>();
        return new(Mucs.Meta(app, entry, body));
    }
}
