using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Google.Protobuf;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>Clients edit messages (sections 8.1 and 8.4). The answer says how often and by whom the message was edited: clients wait for that.</summary>
internal sealed class MessageEdits(EditMessage edit, IEntryStore entries, MessageBodies bodies, UserFinder users, Conferences conferences, TimeProvider clock)
{
    private static readonly (ErrorCode, string) Malformed = (ErrorCode.Fail, "Sorry, format is incorrect");
    private static readonly (ErrorCode, string) NotOpen = (ErrorCode.Fail, "Sorry, edit is not available");
    private static readonly (ErrorCode, string) Failed = (ErrorCode.Fail, "Sorry, edit fail");

    /// <summary>What the vendor lets clients edit.</summary>
    private static readonly HashSet<ContentKind> Kinds = [ContentKind.Text];

    /// <param name="to">Where the message has to be.</param>
    public async ValueTask HandleAsync(AgoraSession session, Meta meta, MessageBody said, JID to, CancellationToken ct)
    {
        if (!session.VendorApp.Settings.Features.Edit)
        {
            Refuse(session, meta, NotOpen);
            return;
        }

        if (said.EditMessageId is 0 or > long.MaxValue || Bodies.KindOf(said) != ContentKind.Text)
        {
            Refuse(session, meta, Malformed);
            return;
        }

        try
        {
            var edited = await EditAsync(session, said, to, ct);
            if (edited.TryGet(out var message, out var refusal)) Answer(session, meta, message);
            else Refuse(session, meta, refusal.Condition == Condition.Unavailable ? Failed : SendRefusals.Of(refusal));
        }
        catch (StorageAwayException)
        {
            Refuse(session, meta, Failed);
        }
    }

    private async ValueTask<Result<Entry>> EditAsync(AgoraSession session, MessageBody said, JID to, CancellationToken ct)
    {
        var message = new MessageId((long)said.EditMessageId);
        var entry = await entries.FindByIdAsync(session.App, message, ct);
        if (entry is not { Channel: LogChannel.Timeline, Notice: null, IsGone: false } || entry.Conversation != await MeantAsync(session, entry.Conversation, to, ct)) return Condition.MessageNotFound;
        if (!Kinds.Contains(entry.Content) || bodies.Of(entry) is not { } before) return Condition.EditKindForbidden;

        var after = new MessageBody(before);
        after.Contents.Clear();
        after.Contents.Add(said.Contents);
        if (said.EditScope == MessageBody.Types.EditScope.BodyAndExt)
        {
            after.Ext.Clear();
            after.Ext.Add(said.Ext);
        }

        var limits = session.VendorApp.Settings.Limits;
        var draft = new EditDraft
        {
            Origin = AgoraId.Dialect,
            Content = ContentKind.Text,
            Body = after.ToByteArray(),
            ExpectedVersion = entry.Edit?.Version ?? 0,
            Kinds = Kinds,
            MaxEdits = limits.Edits,
        };
        return draft.Body.Length > limits.MessageBytes ? Condition.MessageTooLarge : await edit.RunAsync(session.Caller, session.User, message, draft, ct);
    }

    /// <summary>The conversation that a client names: groups, rooms and threads have one domain.</summary>
    private async ValueTask<ConversationKey> MeantAsync(AgoraSession session, ConversationKey actual, JID to, CancellationToken ct)
    {
        if (actual.Kind == ConversationKind.Room) return ConversationKey.Room(session.App, new(to.Name));
        var meant = Jids.ConversationOf(session.App, session.User, to);
        return meant.Kind == ConversationKind.Direct
            ? ConversationKey.Direct(session.App, session.User, await users.NamedAsync(session.VendorApp, to.Name, ct))
            : await conferences.FindAsync(meant, ct);
    }

    private void Answer(AgoraSession session, Meta meta, Entry edited)
    {
        var told = new Meta
        {
            Id = (ulong)edited.Id.Value,
            From = Jids.User(session.VendorApp, session.User.Value),
            To = meta.To,
            Timestamp = (ulong)edited.Edit!.At,
            Ns = Meta.Types.NameSpace.Notify,
            Payload = ByteString.CopyFromUtf8(new JsonObject { [EditJson.Key] = EditJson.Of(edited) }.ToJsonString()),
        };
        session.Send(Downlink.Answer(meta.Id, edited.Id.Value, edited.Edit.At, [told]));
    }

    private void Refuse(AgoraSession session, Meta meta, (ErrorCode, string) status) =>
        session.Send(Downlink.Refusal(meta.Id, status, clock.GetUtcNow().ToUnixTimeMilliseconds()));
}
