using System.Buffers;
using System.Text;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Frames;
using Dragoman.Engine;
using Dragoman.Engine.Sessions;
using Dragoman.Gateway.Connections;
using Dragoman.Gateway.Transports;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary>What the answer to a request repeats of it.</summary>
internal readonly record struct ReplyHead(int ReqIdentifier, byte[] MsgIncr, byte[] OperationId);

/// <summary>One connection of one client: its frames in, its replies out.</summary>
internal sealed class OpenImSession(
    ClientConnection connection, OpenImApp app, TokenClaims claims, WireFormat format, bool isBackground, RequestDispatcher dispatcher, string token)
    : Session(connection, app.Id, new UserId(claims.UserId), OpenImId.Slot(claims.PlatformId), claims.Grant), IMessageHandler
{
    private const int MaxInflatedBytes = 4 * OpenImGateway.MaxMessageBytes;

    private readonly byte[] _userIdUtf8 = Encoding.UTF8.GetBytes(claims.UserId);
    private volatile bool _isBackground = isBackground;
    private volatile bool _isKicked;

    public OpenImApp VendorApp { get; } = app;
    public int Platform { get; } = claims.PlatformId;
    public override DeviceKind Kind => Platforms.KindOf(Platform);

    /// <summary>What the client logged in with: an administrator may ask for it. Never logged.</summary>
    public string Token { get; } = token;

    public bool IsBackground => _isBackground;
    public WireFormat Format { get; } = format;
    public Caller Caller { get; } = app.CallerOf(claims.UserId);

    /// <summary>Sends whose answers are still due.</summary>
    public int SendsInFlight;

    /// <summary>An iPhone in the background is woken by a push, not by its socket.</summary>
    public bool IsAsleep => _isBackground && Platform == Platforms.Ios;

    protected override bool IsAwakePhone => Platform is Platforms.Ios or Platforms.Android && !IsAsleep;

    public void SetBackground(bool value) => _isBackground = value;

    /// <summary>Whether it was told that it has to go.</summary>
    public bool IsKicked => _isKicked;

    /// <remarks>The vendor has one word for all reasons.</remarks>
    public override void Kick(SessionEnd end)
    {
        _isKicked = true;
        Connection.TrySend(OutboundFrames.Make(Format, Requests.KickOnline, default, default, 0, default, default));
        Connection.Close(1000);
    }

    public void Reply(in ReplyHead head, IMessage data)
    {
        var bytes = data.ToByteArray();
        Reply(head, bytes);
    }

    public void Reply(in ReplyHead head, ReadOnlySpan<byte> data) =>
        Connection.TrySend(OutboundFrames.Make(Format, head.ReqIdentifier, head.MsgIncr, head.OperationId, 0, default, data));

    public void Reply(in ReplyHead head, OpenImError error) =>
        Connection.TrySend(OutboundFrames.Make(
            Format, head.ReqIdentifier, head.MsgIncr, head.OperationId, error.Code, Encoding.UTF8.GetBytes(error.Message), default));

    public ValueTask HandleAsync(bool isText, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        if (isText)
        {
            AnswerText(message.Span);
            return ValueTask.CompletedTask;
        }

        return Format.IsGzip ? HandleGzipAsync(message, ct) : HandleEnvelopeAsync(message.Span, ct);
    }

    private ValueTask HandleGzipAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        if (!GzipFrames.TryInflate(message.Span, MaxInflatedBytes, out var rented, out var length)) return End();
        try
        {
            return HandleEnvelopeAsync(rented.AsSpan(0, length), ct);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The envelope is read, and all that is needed of it copied, before this returns.</summary>
    private ValueTask HandleEnvelopeAsync(ReadOnlySpan<byte> envelope, CancellationToken ct)
    {
        if (!Format.IsJson)
            return GobFrames.TryRead(envelope, out var frame) && IsOwnId(frame.SendId) ? dispatcher.DispatchAsync(this, frame, ct) : End();

        var scratch = ArrayPool<byte>.Shared.Rent(envelope.Length);
        try
        {
            return JsonFrames.TryRead(envelope, scratch, out var frame) && IsOwnId(frame.SendId) ? dispatcher.DispatchAsync(this, frame, ct) : End();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    public bool IsOwnId(ReadOnlySpan<byte> userId) => userId.SequenceEqual(_userIdUtf8);

    private void AnswerText(ReadOnlySpan<byte> text)
    {
        if (!TextFrames.TryReadPing(text, out var body))
        {
            Connection.Close(1000);
            return;
        }

        var pong = new ArrayBufferWriter<byte>(64 + body.Length);
        TextFrames.WritePong(body, pong);
        Connection.TrySend(WebSocketFrames.Make(WebSocketOpcode.Text, pong.WrittenSpan));
    }

    /// <summary>What cannot be understood ends the connection without a word, as the vendor does.</summary>
    public ValueTask End()
    {
        Connection.Close(1000);
        return ValueTask.CompletedTask;
    }
}
