using System.Globalization;
using System.Text;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Conversations;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Agora.Threads;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Rates;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Rooms;
using Dragoman.Engine.Topics;
using Google.Protobuf;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>What clients say to people and groups, and about messages (section 8.1).</summary>
internal sealed class ChatUplink(
    SendDirectMessage direct,
    SendGroupMessage group,
    SendToRoom room,
    SendToTopic topic,
    TopicDirectory topics,
    Conferences conferences,
    RecallMessage recall,
    MarkRead markRead,
    ConfirmDelivery confirm,
    GroupReceipts receipts,
    MessageEdits edits,
    ConversationHeads heads,
    IEntryStore entries,
    UserFinder users,
    MessageIds ids,
    TimeProvider clock) : IUplink
{
    private static readonly (ErrorCode, string) NoSense = (ErrorCode.WrongParameter, "Sorry, format is incorrect");

    /// <summary>Sends of one connection that may wait for the disk together; the next frame waits for one of them.</summary>
    private const int MaxInFlight = 256;

    public Meta.Types.NameSpace NameSpace => Meta.Types.NameSpace.Chat;

    public ValueTask HandleAsync(AgoraSession session, Meta meta, CancellationToken ct)
    {
        if (Bodies.Parse(meta.Payload.Span) is not { } body || meta.To is not { Name.Length: > 0 } to) return Refuse(session, meta, NoSense);

        return body.Type switch
        {
            Type.Chat or Type.Groupchat or Type.Chatroom when body.Contents.Count > 0 => SendAsync(session, meta, body, to.Name, ct),
            Type.Edit => edits.HandleAsync(session, meta, body, to, ct),
            Type.ReadAck or Type.ChannelAck or Type.Recall or Type.DeliverAck => AboutAsync(session, meta, body, to, ct),
            _ => Refuse(session, meta, NoSense),
        };
    }

    private async ValueTask SendAsync(AgoraSession session, Meta meta, MessageBody said, string to, CancellationToken ct)
    {
        var isGroup = said.Type == Type.Groupchat;
        var isRoom = said.Type == Type.Chatroom;
        var receiver = isGroup || isRoom ? to : (await users.NamedAsync(session.VendorApp, to, ct)).Value;
        var body = Bodies.Clean(said, session.User.Value, receiver);
        var isThread = ThreadJson.IsSaidIn(said) && session.VendorApp.Settings.Features.Threads;
        if (isThread && await topics.FindAsync(session.App, new TopicId(receiver), ct) is { } thread) ThreadJson.PutIn(body, thread.Topic);
        var draft = new MessageDraft
        {
            Origin = AgoraId.Dialect,
            Content = Bodies.KindOf(said),
            Body = body.ToByteArray(),
            Flags = FlagsOf(meta, said),
            ClientKey = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{meta.Id}:{session.Card.Resource}")),
            OriginSession = session.Id,
            Receipt = new SendAck(session, meta.Id, clock),
            Mentions = isGroup ? AgoraBodyReader.MentionsOf(said) : null,
            Priority = isRoom ? RoomPriorities.Of(meta) : MessagePriority.Normal,
            Traffic = isRoom ? Rate.Of(session.VendorApp.Settings.RateLimit.RoomMessages) : default,
            Friends = session.VendorApp.Settings.FriendsOnly ? FriendCheck.Mutual : FriendCheck.Off,
        };
        var begun = isRoom
            ? await room.BeginAsync(session.Caller, session.User, new RoomId(receiver), draft, ct)
            : isThread
            ? await topic.BeginAsync(session.Caller, session.User, new TopicId(receiver), draft, ct)
            : isGroup
            ? await group.BeginAsync(session.Caller, session.User, new GroupId(receiver), draft, ct)
            : await direct.BeginAsync(session.Caller, session.User, new UserId(receiver), draft, ct);
        if (!begun.TryGet(out var pending, out var refusal))
        {
            // The vendor takes what is said to nobody, and says so to nobody.
            if (refusal.Condition == Condition.PeerNotFound) session.Answer(meta.Id, ids.Next().Value, Now());
            else session.Send(Downlink.Refusal(meta.Id, SendRefusals.Of(refusal), Now()));
        }
        else if (Interlocked.Increment(ref session.SendsInFlight) > MaxInFlight)
        {
            await pending.FinishAsync();
        }
    }

    private async ValueTask AboutAsync(AgoraSession session, Meta meta, MessageBody body, JID to, CancellationToken ct)
    {
        var conversation = Jids.ConversationOf(session.App, session.User, to);
        if (conversation.Kind == ConversationKind.Direct) conversation = ConversationKey.Direct(session.App, session.User, await users.NamedAsync(session.VendorApp, to.Name, ct));
        else conversation = await conferences.FindAsync(conversation, ct);

        Refusal? refusal;
        if (body.Type == Type.ChannelAck)
        {
            var end = (await heads.EndsAsync(conversation, ct)).Timeline;
            (await markRead.RunAsync(session.Caller, session.User, conversation, end, [], isQuiet: false, ct)).TryGet(out _, out refusal);
            if (refusal?.Condition == Condition.ConversationNotFound) refusal = null; // nothing was said, so all of it is read
        }
        else
        {
            refusal = await AboutMessageAsync(session, body, conversation, ct);
        }

        if (refusal is null) await AnswerAsync(session, meta);
        else session.Send(Downlink.Refusal(meta.Id, SendRefusals.Of(refusal), Now()));
    }

    private async ValueTask<Refusal?> AboutMessageAsync(AgoraSession session, MessageBody body, ConversationKey conversation, CancellationToken ct)
    {
        var message = new MessageId((long)body.AckMessageId);
        if (body.Type == Type.DeliverAck)
        {
            // The receiver's client says so by itself: what cannot be told to anybody is no fault of his.
            (await confirm.RunAsync(session.Caller, session.User, message, ct)).TryGet(out _, out var fault);
            return fault is null or { Condition: Condition.MessageNotFound } ? null : fault;
        }

        if (body.Type == Type.ReadAck && conversation.Kind == ConversationKind.Group)
        {
            (await receipts.SendAsync(session.Caller, session.User, message, body.AckContent, ct)).TryGet(out _, out var fault);
            return fault is null or { Condition: Condition.ReceiptNotWanted } ? null : fault;
        }

        var entry = await entries.FindByIdAsync(session.App, message, ct);
        if (entry is not { Channel: LogChannel.Timeline } || entry.Conversation != conversation) return new(Condition.MessageNotFound);

        var done = body.Type == Type.Recall
            ? await recall.RunAsync(
                session.Caller, session.User, conversation, entry.Sequence, ct, TimeSpan.FromSeconds(session.VendorApp.Settings.RecallSeconds))
            : await markRead.RunAsync(session.Caller, session.User, conversation, upTo: 0, [entry.Sequence], isQuiet: false, ct, only: entry.Id);
        return done.TryGet(out _, out var refusal) ? null : refusal;
    }

    private static EntryFlags FlagsOf(Meta meta, MessageBody said)
    {
        var flags = meta.Routetype == Meta.Types.RouteType.RouteOnline ? EntryFlags.OnlineOnly : EntryFlags.None;
        if (said is { Type: Type.Groupchat, MsgConfig.AllowGroupAck: true }) flags |= EntryFlags.WantsReceipt;
        return Bodies.KindOf(said) == ContentKind.Command ? flags | EntryFlags.NoUnread | EntryFlags.NoPush : flags;
    }

    private ValueTask AnswerAsync(AgoraSession session, Meta meta)
    {
        session.Answer(meta.Id, ids.Next().Value, Now());
        return ValueTask.CompletedTask;
    }

    private ValueTask Refuse(AgoraSession session, Meta meta, (ErrorCode, string) status)
    {
        session.Send(Downlink.Refusal(meta.Id, status, Now()));
        return ValueTask.CompletedTask;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Answers the client when its message is on disk, or why it is not.</summary>
    private sealed class SendAck(AgoraSession session, ulong metaId, TimeProvider clock) : SendReceipt
    {
        protected override void OnSent(in SentMessage sent)
        {
            Interlocked.Decrement(ref session.SendsInFlight);
            session.Answer(metaId, sent.Id.Value, sent.SentAt);
        }

        protected override void OnRefused(Refusal refusal)
        {
            Interlocked.Decrement(ref session.SendsInFlight);
            session.Send(Downlink.Refusal(metaId, SendRefusals.Of(refusal), clock.GetUtcNow().ToUnixTimeMilliseconds()));
        }
    }
}
