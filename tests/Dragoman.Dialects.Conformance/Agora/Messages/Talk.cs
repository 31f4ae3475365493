using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Google.Protobuf;
using Xunit;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Conformance.Agora.Messages;

/// <summary>One logged-in device and what its client does with messages (sections 7 and 8).</summary>
internal sealed class Talk(AgoraAppClient app, string user, AgoraSocket socket) : IAsyncDisposable
{
    private static readonly TimeSpan s_ackInterval = TimeSpan.FromMilliseconds(250);
    private static ulong s_metaId = 530_000_000_000;

    public string User { get; } = user;
    public AgoraSocket Socket { get; } = socket;

    /// <summary>Logs in and asks what waits, as every client does.</summary>
    public static async Task<Talk> BeginAsync(AgoraAppClient app, string user, string resource = "webim_web_1")
    {
        var talk = await OpenAsync(app, user, resource);
        talk.Waiting = [.. (await talk.Socket.UnreadAsync()).Unread];
        return talk;
    }

    /// <summary>Logs in and asks for nothing yet.</summary>
    public static async Task<Talk> OpenAsync(AgoraAppClient app, string user, string resource = "webim_web_1") =>
        new(app, user, await app.LogInAsync(user, resource));

    /// <summary>What waited when the device came.</summary>
    public MetaQueue[] Waiting { get; private set; } = [];

    public JID Person(string name) => new() { AppKey = app.Key, Name = name, Domain = "easemob.com" };

    public JID Group(string name) => new() { AppKey = app.Key, Name = name, Domain = "conference.easemob.com" };

    public static MessageBody Text(string words, Type type = Type.Chat) => new()
    {
        Type = type,
        Contents = { new MessageBody.Types.Content { Type = MessageBody.Types.Content.Types.Type.Text, Text = words } },
    };

    public static MessageBody About(Type type, ulong message) => new() { Type = type, AckMessageId = message };

    public static ulong NextMetaId() => Interlocked.Increment(ref s_metaId);

    /// <summary>Sends a meta and reads the answer, which must be the next frame.</summary>
    public async Task<CommSyncDL> SendAsync(JID to, MessageBody body, ulong? metaId = null, Action<Meta>? shape = null)
    {
        var meta = new Meta { Id = metaId ?? NextMetaId(), To = to, Ns = Meta.Types.NameSpace.Chat, Payload = body.ToByteString() };
        shape?.Invoke(meta);
        await Socket.SyncAsync(new CommSyncUL { Meta = meta });
        var answer = await Socket.NextSyncAsync();
        Assert.Equal(meta.Id, answer.MetaId);
        return answer;
    }

    /// <returns>What the message is called from now on.</returns>
    public async Task<ulong> SayAsync(JID to, MessageBody body, ulong? metaId = null)
    {
        var answer = await SendAsync(to, body, metaId);
        Assert.True(answer.Status.ErrorCode == Status.Types.ErrorCode.Ok, answer.Status.Reason);
        Assert.NotEqual(0UL, answer.ServerId);
        return answer.ServerId;
    }

    /// <summary>What is pushed next; afterwards the server knows that the client has it.</summary>
    public async Task<(Meta Meta, MessageBody Body)> HearAsync()
    {
        var meta = await HearMetaAsync();
        return (meta, MessageBody.Parser.ParseFrom(meta.Payload));
    }

    /// <summary>The same, whatever it is.</summary>
    public async Task<Meta> HearMetaAsync()
    {
        var pushed = await Socket.NextSyncAsync();
        var meta = Assert.Single(pushed.Metas);
        if (pushed.IsLast)
        {
            // Soon after another one: a moment later the server asks whether it is there.
            app.Server.Clock.Advance(s_ackInterval);
            await Socket.ConfirmedAsync(pushed.Queue);
        }
        else
        {
            Assert.Equal(meta.Id, pushed.NextKey);
            await AcknowledgeAsync(pushed.Queue, pushed.NextKey);
        }

        return meta;
    }

    public Task AcknowledgeAsync(JID queue, ulong key) => Socket.SyncAsync(new CommSyncUL { Queue = queue, Key = key });

    /// <summary>The end marker of a queue.</summary>
    public async Task EndAsync(JID queue)
    {
        var end = await Socket.NextSyncAsync();
        Assert.Equal((queue.Name, true, 0), (end.Queue.Name, end.IsLast, end.Metas.Count));
    }

    /// <summary>Pulls a queue to its end, batch after batch.</summary>
    public async Task<List<Meta>> PullAsync(JID queue)
    {
        var all = new List<Meta>();
        await Socket.SyncAsync(new CommSyncUL { Queue = queue });
        while (true)
        {
            var batch = await Socket.NextSyncAsync();
            Assert.Equal(queue.Name, batch.Queue.Name);
            if (batch.IsLast)
            {
                Assert.Empty(batch.Metas);
                return all;
            }

            Assert.InRange(batch.Metas.Count, 1, 100);
            Assert.Equal(batch.Metas[^1].Id, batch.NextKey);
            all.AddRange(batch.Metas);
            await AcknowledgeAsync(queue, batch.NextKey);
        }
    }

    public static string WordsOf(Meta meta) => MessageBody.Parser.ParseFrom(meta.Payload).Contents[0].Text;

    public ValueTask DisposeAsync() => Socket.DisposeAsync();
}
