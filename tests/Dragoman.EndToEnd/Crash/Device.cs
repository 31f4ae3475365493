using System.Globalization;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.Crash;

/// <summary>One user's client. It outlives its connections, as the official SDK does: what was not acknowledged is sent again, and gaps are pulled.</summary>
internal sealed class Device
{
    internal const int InternalError = 500;

    private const int Window = 4;
    private const int PullAtOnce = 200;
    private const int Platform = 5;

    private readonly Uri _address;
    private readonly string _token;
    private readonly int _number;
    private readonly DeviceEncoding _encoding;
    private readonly Violations _violations;
    private readonly Conversation _conversation;
    private readonly Lock _sending = new();
    private readonly SortedDictionary<long, string> _unacknowledged = [];
    private long _counter;
    private bool _sends;
    private DeviceConnection? _connection;

    internal Device(
        Uri address, string userId, string token, int number, DeviceEncoding encoding, Conversation conversation, Violations violations)
    {
        _address = address;
        UserId = userId;
        _token = token;
        _number = number;
        _encoding = encoding;
        _conversation = conversation;
        _violations = violations;
        Timeline = new Timeline(violations, $"{userId} in {conversation.Id}");
        conversation.Members.Add(this);
    }

    internal string UserId { get; }

    internal Timeline Timeline { get; }

    internal int AcknowledgedCount { get; private set; }

    internal int Pulled { get; private set; }

    internal int Resent { get; private set; }

    internal int Repeated { get; private set; }

    /// <summary>Messages that were sent again although the server had stored them: only its de-duplication keeps these from being there twice.</summary>
    internal int ResentThoughStored { get; private set; }

    /// <summary>The server may say that it cannot store now; the message stays open.</summary>
    internal bool MayBeRefused { get; init; }

    internal bool IsIdle
    {
        get
        {
            lock (_sending) return _unacknowledged.Count == 0;
        }
    }

    internal bool IsConnected => _connection is { IsClosed: false };

    /// <summary>Connects with the token it has had from the beginning, sends again what is open, and catches up.</summary>
    internal async Task ConnectAsync(CancellationToken ct)
    {
        var connection = await DeviceConnection.OpenAsync(_address, UserId, _token, Platform, _encoding, ct);
        _connection = connection;
        connection.Start(this);
        await SynchroniseAsync(connection, ct);
        List<(long, string)> open;
        lock (_sending) open = [.. _unacknowledged.Select(pair => (pair.Key, pair.Value))];
        Resent += open.Count;
        var known = Timeline.ToArray().ToHashSet(StringComparer.Ordinal);
        ResentThoughStored += open.Count(message => known.Contains(message.Item2));
        foreach (var (_, id) in open)
        {
            _conversation.Resent.TryAdd(id, 0);
            connection.Send(ReqIdentifiers.SendMessage, id, MakeMessage(id));
        }

        FillWindow();
    }

    /// <summary>Begins to send, or stops; what is open stays open until it is acknowledged.</summary>
    internal void SetSending(bool sends)
    {
        lock (_sending) _sends = sends;
        if (sends) FillWindow();
    }

    internal async Task CloseAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
    }

    /// <summary>Waits until the server has closed the connection.</summary>
    internal Task ClosedAsync(CancellationToken ct) => _connection is null ? Task.CompletedTask : _connection.Ended.WaitAsync(ct);

    /// <summary>Pulls everything up to what the server says is the newest.</summary>
    internal Task SynchroniseAsync(CancellationToken ct) => SynchroniseAsync(_connection!, ct);

    /// <summary>Reads the whole conversation as a device would that has nothing yet.</summary>
    internal async Task<string[]> PullAllAsync(CancellationToken ct)
    {
        var fresh = new Timeline(_violations, $"{UserId}'s new device");
        var max = await AskMaxSeqAsync(_connection!, ct);
        while (fresh.Synced < max) await PullAsync(_connection!, fresh, fresh.Synced + 1, max, ct);
        return fresh.ToArray();
    }

    internal void OnReply(ReadOnlySpan<byte> msgIncr, int errCode, ReadOnlySpan<byte> data)
    {
        var id = System.Text.Encoding.ASCII.GetString(msgIncr);
        if (errCode == InternalError && MayBeRefused) return;
        if (errCode != 0)
        {
            _violations.Add($"{UserId}: message {id} was refused with {errCode}");
            return;
        }

        if (!OpenImMessages.ReadSendReply(data).SequenceEqual(msgIncr)) _violations.Add($"{UserId}: the answer to {id} names another clientMsgID");
        var counter = long.Parse(id.AsSpan(8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        lock (_sending)
        {
            if (!_unacknowledged.Remove(counter)) _violations.Add($"{UserId}: {id} was acknowledged twice");
            AcknowledgedCount++;
        }

        _conversation.Acknowledged.TryAdd(id, 0);
        FillWindow();
    }

    /// <summary>Takes one pushed message; called in the order of the pushes. A gap is pulled first.</summary>
    internal async Task OnPushedAsync(DeviceConnection connection, Pushed message, CancellationToken ct)
    {
        if (!string.Equals(message.ConversationId, _conversation.Id, StringComparison.Ordinal))
        {
            _violations.Add($"{UserId}: a push of {message.ConversationId}");
            return;
        }

        if (message.Seq <= 0)
        {
            _violations.Add($"{UserId}: a push with seq {message.Seq}");
            return;
        }

        while (!Timeline.TryAdd(message.Seq, message.ClientMsgId))
            await PullAsync(connection, Timeline, Timeline.Synced + 1, message.Seq - 1, ct);
    }

    /// <summary>On one connection sequence numbers only grow, except that a message which was sent again may be pushed again.</summary>
    internal void CheckPushOrder(Pushed message, long last)
    {
        if (message.Seq > last) return;
        if (_conversation.Resent.ContainsKey(message.ClientMsgId)) Repeated++;
        else OnBroken($"seq {message.Seq} was pushed after {last} on the same connection, and {message.ClientMsgId} was not sent again");
    }

    internal void OnBroken(string why) => _violations.Add($"{UserId}: {why}");

    private async Task SynchroniseAsync(DeviceConnection connection, CancellationToken ct)
    {
        var max = await AskMaxSeqAsync(connection, ct);
        if (max < Timeline.Synced && connection.PushedNothing)
            _violations.Add($"{UserId}: has seen seq {Timeline.Synced}, and the server says the newest is {max}");
        while (Timeline.Synced < max) await PullAsync(connection, Timeline, Timeline.Synced + 1, max, ct);
    }

    private async Task<long> AskMaxSeqAsync(DeviceConnection connection, CancellationToken ct)
    {
        var request = new byte[256];
        var answer = await connection.RequestAsync(
            ReqIdentifiers.GetMaxSeq, request.AsMemory(0, OpenImMessages.WriteGetMaxSeq(request, UserId)), ct);
        return OpenImMessages.ReadMaxSeq(answer, _conversation.IdBytes);
    }

    private async Task PullAsync(DeviceConnection connection, Timeline timeline, long begin, long end, CancellationToken ct)
    {
        end = Math.Min(end, begin + PullAtOnce - 1);
        var request = new byte[512];
        var answer = await connection.RequestAsync(
            ReqIdentifiers.PullBySeqs, request.AsMemory(0, OpenImMessages.WritePull(request, UserId, _conversation.Id, begin, end)), ct);

        var expected = begin;
        foreach (var message in Pushed.ReadAll(answer))
        {
            if (message.Seq != expected || message.Status == 4 || !timeline.TryAdd(message.Seq, message.ClientMsgId))
                throw new InvalidDataException($"a pull of {begin}..{end} has seq {message.Seq} with status {message.Status} where {expected} should be");
            expected++;
            Pulled++;
        }

        if (expected != end + 1) throw new InvalidDataException($"a pull of {begin}..{end} ended before {expected}");
    }

    private void FillWindow()
    {
        var connection = _connection;
        lock (_sending)
        {
            while (_sends && connection is { IsClosed: false } && _unacknowledged.Count < Window)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"{_number:x8}{++_counter:x24}");
                _unacknowledged.Add(_counter, id);
                _conversation.Sent.TryAdd(id, 0);
                connection.Send(ReqIdentifiers.SendMessage, id, MakeMessage(id));
            }
        }
    }

    private ReadOnlyMemory<byte> MakeMessage(string id)
    {
        var message = new byte[512];
        var isGroup = _conversation.Target is not null;
        var target = _conversation.Target ?? _conversation.Members.First(member => member != this).UserId;
        var places = OpenImMessages.WriteText(
            message, UserId, target, isGroup, id, System.Text.Encoding.UTF8.GetBytes($$"""{"content":"{{id}}"}"""), Platform,
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        return message.AsMemory(0, places.Length);
    }
}

/// <summary>How a device's frames are written.</summary>
internal readonly record struct DeviceEncoding(OpenImEncoding Envelope, bool Gzip);
