using System.Buffers;
using System.Buffers.Text;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Rates;
using Dragoman.Gateway.Connections;
using Google.Protobuf;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>What every connection of the dialect needs.</summary>
internal sealed record ClientTools(ProvisionDesk Provisions, SyncDesk Syncs, SessionRegistry Registry, RateDesk Rates, MessageIds Ids, TimeProvider Clock);

/// <summary>One connection: takes frames out of their transport, and lets a client in before it listens to anything else.</summary>
/// <param name="only">The app of the listener; null when the client may name any.</param>
internal sealed class AgoraClient(ClientConnection connection, WireKind wire, AppId? only, ClientTools tools) : IMessageHandler
{
    private AgoraSession? _session;
    private volatile bool _isDismissed;

    public ClientConnection Connection { get; } = connection;

    /// <summary>The app to which the listener belongs.</summary>
    public AppId? Only { get; } = only;

    /// <summary>A client that speaks base64 on the binary endpoint is answered in base64.</summary>
    public WireKind Wire { get; private set; } = wire;

    public async ValueTask HandleAsync(bool isText, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        if (Wire == WireKind.SockJs)
        {
            if (!isText || SockJs.TryRead(message.Span) is not { } messages)
            {
                Connection.Close(1007);
                return;
            }

            foreach (var one in messages) await HandleAsync(one, ct);
        }
        else if (isText)
        {
            await HandleBase64Async(message, ct);
        }
        else
        {
            await HandleAsync(message, ct);
        }
    }

    public void Send(MSync frame) => Connection.TrySend(Frames.Wire.Make(Wire, frame.ToByteArray()));

    /// <summary>Says that the client has to go. The connection ends a moment later: a client that sees the end first would connect anew.</summary>
    public void Dismiss(JID user, StatisticsBody.Types.Operation operation, string reason)
    {
        Send(Downlink.Kick(user, tools.Ids.Next().Value, Now(), operation, reason));
        _isDismissed = true;
        Leave();
        Connection.ExpiresAt = Now(); // the heartbeat's next round
    }

    /// <summary>The connection is over.</summary>
    public void Leave()
    {
        if (_session is not null) tools.Registry.Remove(_session);
    }

    private async ValueTask HandleBase64Async(ReadOnlyMemory<byte> text, CancellationToken ct)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(text.Length));
        try
        {
            if (Base64.DecodeFromUtf8(text.Span, bytes, out _, out var length) != OperationStatus.Done)
            {
                Connection.Close(1007);
                return;
            }

            Wire = WireKind.Base64;
            await HandleAsync(bytes.AsMemory(0, length), ct);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private ValueTask HandleAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        if (_isDismissed) return ValueTask.CompletedTask;

        // A client that was pushed something acknowledges it and waits for nothing: only who pulls wants an end. We asked for it, so it is
        // not counted against the client's rate.
        if (_session is not null && AckFrame.TryRead(message.Span, out var key) && _session.Queues.TryAcknowledgePush(key)) return ValueTask.CompletedTask;

        MSync frame;
        try
        {
            frame = MSync.Parser.ParseFrom(message.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return End(1007);
        }

        if (_session is null) return frame.Command == MSync.Types.Command.Provision ? EnterAsync(frame, ct) : End(1008);
        if (IsTooOften(_session)) return TooOften(_session, frame);
        switch (frame.Command)
        {
            case MSync.Types.Command.Sync:
                return tools.Syncs.SyncAsync(_session, frame.Payload, ct);
            case MSync.Types.Command.Unread:
                return tools.Syncs.UnreadAsync(_session, ct);
            case MSync.Types.Command.Logout:
                Send(Downlink.Logout());
                return End(1000);
            case MSync.Types.Command.Provision:
                return End(1008);
            default:
                return ValueTask.CompletedTask; // clients send no other; a newer one's are left alone
        }
    }

    private async ValueTask EnterAsync(MSync frame, CancellationToken ct)
    {
        _session = await tools.Provisions.AdmitAsync(this, frame, ct);
        if (_session is null) Connection.Close(1000);
    }

    private bool IsTooOften(AgoraSession session) =>
        tools.Rates.Take(session.RateKey, Rate.Of(session.VendorApp.Settings.RateLimit.Frames)) is not null;

    /// <summary>A message is refused in the vendor's words; whoever floods us with anything else is sent away.</summary>
    private ValueTask TooOften(AgoraSession session, MSync frame) =>
        frame.Command == MSync.Types.Command.Sync && tools.Syncs.RefuseAsTooOften(session, frame.Payload) ? ValueTask.CompletedTask : End(1008);

    private ValueTask End(ushort code)
    {
        Connection.Close(code);
        return ValueTask.CompletedTask;
    }

    private long Now() => tools.Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
