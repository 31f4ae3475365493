using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Google.Protobuf;
using Part = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Content;

namespace Dragoman.Dialects.Agora.Rest.Messages;

/// <summary><c>PUT /messages/rewrite/{mid}</c>: the app's server edits a message, by itself or in the name of a user.</summary>
internal sealed class RewriteMessage(EditMessage edit, IEntryStore entries, MessageBodies bodies, UserFinder users)
    : AgoraEndpoint("PUT", "/messages/rewrite/{mid}", Access.App)
{
    private static readonly HashSet<ContentKind> Kinds = [ContentKind.Text, ContentKind.Custom];
    private static readonly AgoraError Gone = AgoraErrors.RewriteFailed with { Status = 404, Description = "The message is unavailable or has expired." };
    private static readonly AgoraError BadId = new(400, "InvalidMessageIdException", "The provided message ID is not a valid number.");
    private static readonly AgoraError Failed = new(500, "RewriteMessageInternalErrorException", "An unknown error occurred while processing the request.");

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (!call.App.Settings.Features.Edit) return AgoraErrors.RewriteFailed;
        if (!long.TryParse(call.TextIn("mid"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return BadId;
        if (call.Body.ValueKind != JsonValueKind.Object || !call.Body.TryGetProperty("new_msg", out var said) || said.ValueKind != JsonValueKind.Object)
            return AgoraErrors.IllegalArgument.With("new_msg is required");
        var extras = call.Body.TryGetProperty("new_ext", out var given) && given.ValueKind != JsonValueKind.Null ? given : default;
        if (extras.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object)) return AgoraErrors.IllegalArgument.With("new_ext is invalid");
        if (!TryRead(said, out var part, out var fault)) return fault;

        var entry = await entries.FindByIdAsync(call.App.Id, new(id), ct);
        if (entry is not { Channel: LogChannel.Timeline, Notice: null, IsGone: false }) return Gone;
        if (!Kinds.Contains(entry.Content) || KindOf(part) != entry.Content || bodies.Of(entry) is not { } before) return AgoraErrors.Table[Condition.EditKindForbidden];

        var body = Rewrite(before, part, extras, call.Body.Flag("is_combine_ext") ?? true).ToByteArray();
        if (body.Length > call.App.Settings.Limits.MessageBytes) return AgoraErrors.Table[Condition.MessageTooLarge];

        var draft = new EditDraft
        {
            Origin = AgoraId.Dialect,
            Content = entry.Content,
            Body = body,
            ExpectedVersion = entry.Edit?.Version ?? 0,
            Kinds = Kinds,
            MaxEdits = call.App.Settings.Limits.Edits,
        };
        var editor = call.Body.Text("user") is { Length: > 0 } name ? await users.NamedAsync(call.App, name, ct) : call.Caller.User;
        var edited = await edit.RunAsync(call.Caller, editor, entry.Id, draft, ct);
        return edited.TryGet(out _, out var refusal) ? new AgoraReply { Data = "success" } : ErrorOf(refusal, editor);
    }

    private static AgoraError ErrorOf(Refusal refusal, UserId editor) => refusal.Condition switch
    {
        // It is there, but he cannot see it.
        Condition.MessageNotFound when editor != AgoraId.TheApp => AgoraErrors.Table[Condition.EditNotPermitted],
        Condition.MessageNotFound => Gone,
        Condition.Unavailable => Failed,
        _ => refusal,
    };

    private static MessageBody Rewrite(MessageBody before, Part part, JsonElement extras, bool keepsOthers)
    {
        var after = new MessageBody(before);
        after.Contents.Clear();
        after.Contents.Add(part);
        if (extras.ValueKind != JsonValueKind.Object) return after;

        var added = KeyValues.OfJson(extras.GetRawText());
        var names = added.Select(item => item.Key).ToHashSet(StringComparer.Ordinal);
        KeyValue[] kept = keepsOthers ? [.. before.Ext.Where(item => !names.Contains(item.Key))] : [];
        after.Ext.Clear();
        after.Ext.Add(kept);
        after.Ext.Add(added);
        return after;
    }

    private static ContentKind KindOf(Part part) => part.Type == Part.Types.Type.Custom ? ContentKind.Custom : ContentKind.Text;

    private static bool TryRead(JsonElement said, [NotNullWhen(true)] out Part? part, [NotNullWhen(false)] out AgoraError? fault)
    {
        (part, fault) = said.Text("type") switch
        {
            "txt" when said.Text("msg") is { Length: > 0 } words => (new Part { Type = Part.Types.Type.Text, Text = words }, null),
            "txt" => (null, AgoraErrors.IllegalArgument.With("msg is required")),
            "custom" => (CustomPart(said), null),
            null => (null, AgoraErrors.IllegalArgument.With("type is required")),
            _ => ((Part?)null, AgoraErrors.Table[Condition.EditKindForbidden]),
        };
        return part is not null;
    }

    private static Part CustomPart(JsonElement said)
    {
        var part = new Part { Type = Part.Types.Type.Custom, CustomEvent = said.Text("customEvent") ?? "" };
        if (!said.TryGetProperty("customExts", out var given)) return part;

        // An object, or as older callers have it a list of objects.
        IEnumerable<JsonElement> objects = given.ValueKind == JsonValueKind.Array ? given.EnumerateArray() : [given];
        foreach (var one in objects.Where(one => one.ValueKind == JsonValueKind.Object)) part.CustomExts.Add(KeyValues.OfJson(one.GetRawText()));
        return part;
    }
}
