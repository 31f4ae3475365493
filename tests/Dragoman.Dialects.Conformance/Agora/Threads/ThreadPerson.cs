using System.Globalization;
using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Groups;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Google.Protobuf;
using Xunit;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Conformance.Agora.Threads;

/// <summary>A user with one device who hears several queues at once, and calls the API as its client does.</summary>
internal sealed class ThreadPerson(AgoraAppClient app, string user, string resource, string token, AgoraSocket socket) : IAsyncDisposable
{
    private readonly List<Meta> _heard = [];

    public string User { get; } = user;

    /// <summary>The queues that had something when the device came.</summary>
    public string[] Waiting { get; private set; } = [];

    public static async Task<ThreadPerson> NewAsync(AgoraAppClient app, string stem = "alice") => await BeginAsync(app, await app.NewUserAsync(stem));

    public static async Task<ThreadPerson> BeginAsync(AgoraAppClient app, string user, string resource = "webim_web_1")
    {
        var person = new ThreadPerson(app, user, resource, await app.UserTokenAsync(user), await app.LogInAsync(user, resource));
        person.Waiting = [.. (await person.UnreadAsync()).Unread.Select(queue => queue.Queue.Name)];
        return person;
    }

    public Task<RestReply> CallAsync(string method, string path, object? body = null) =>
        app.CallAsync(method, path + (path.Contains('?') ? "&" : "?") + "resource=" + resource, body, token);

    public async Task<string> FoundAsync(params string[] members)
    {
        var body = new { owner = User, groupname = "group", members, @public = true, approval = false, allowinvites = false, invite_need_confirm = false, maxusers = 100 };
        return (await CallAsync("POST", "/chatgroups", body)).Succeeded().Data.Text("groupid")!;
    }

    /// <summary>A thread under a message of the group.</summary>
    public async Task<string> BeginAsync(string group, ulong message, string name = "thread") =>
        (await CallAsync("POST", "/thread", new { group_id = group, msg_id = IdOf(message), name, owner = User })).Succeeded().Data.Text("thread_id")!;

    public static string IdOf(ulong message) => message.ToString(CultureInfo.InvariantCulture);

    public JID Conference(string name) => new() { AppKey = app.Key, Name = name, Domain = "conference.easemob.com" };

    /// <returns>What the message is called from now on.</returns>
    public async Task<ulong> SayAsync(string group, string words) => await AcceptedAsync(group, Talk.Text(words, Type.Groupchat));

    /// <inheritdoc cref="SayAsync"/>
    public async Task<ulong> SayInAsync(string thread, string words) => await AcceptedAsync(thread, TextIn(words));

    public static MessageBody TextIn(string words)
    {
        var body = Talk.Text(words, Type.Groupchat);
        body.Meta = """{"thread":{}}""";
        return body;
    }

    public async Task<ulong> AcceptedAsync(string to, MessageBody body)
    {
        var answer = await SendAsync(to, body);
        Assert.True(answer.Status.ErrorCode == ErrorCode.Ok, answer.Status.Reason);
        return answer.ServerId;
    }

    public async Task<CommSyncDL> SendAsync(string to, MessageBody body)
    {
        var id = Talk.NextMetaId();
        await socket.SyncAsync(new CommSyncUL { Meta = new Meta { Id = id, To = Conference(to), Ns = Meta.Types.NameSpace.Chat, Payload = body.ToByteString() } });
        while (true)
        {
            var next = await PumpAsync();
            if (next.HasMetaId && next.MetaId == id) return next;
        }
    }

    /// <summary>The next message that is heard in a group or a thread.</summary>
    public async Task<(Meta Meta, MessageBody Body)> HearAsync(string conference, Type type = Type.Groupchat)
    {
        var meta = await HearMetaAsync(meta => meta.Ns == Meta.Types.NameSpace.Chat && meta.To.Name == conference && MessageBody.Parser.ParseFrom(meta.Payload).Type == type);
        return (meta, MessageBody.Parser.ParseFrom(meta.Payload));
    }

    /// <summary>What the next event of threads with this operation says.</summary>
    public async Task<JsonElement> NotifiedAsync(string operation)
    {
        var meta = await HearMetaAsync(meta => meta.Ns == Meta.Types.NameSpace.Notify && DataOf(meta) is { } data && data.Text("operation") == operation);
        return DataOf(meta)!.Value;
    }

    public async Task<MUCBody> MucAsync(Operation operation)
    {
        var meta = await HearMetaAsync(meta => meta.Ns == Meta.Types.NameSpace.Muc && MUCBody.Parser.ParseFrom(meta.Payload).Operation == operation);
        return MUCBody.Parser.ParseFrom(meta.Payload);
    }

    /// <summary>Reads the queue of a group or a thread to its end.</summary>
    public Task PullAsync(string conference) => PullAsync(Conference(conference));

    /// <summary>The same for what concerns this user alone.</summary>
    public Task PullInboxAsync() => PullAsync(new JID { AppKey = app.Key, Name = "@inbox", Domain = "easemob.com" });

    private async Task PullAsync(JID queue)
    {
        await socket.SyncAsync(new CommSyncUL { Queue = queue });
        while (true)
        {
            var next = await PumpAsync();
            if (next.IsLast && next.Metas.Count == 0 && next.Queue?.Name == queue.Name) return;
        }
    }

    /// <summary>History of a group or a thread, newest first.</summary>
    public async Task<MessageBody[]> HistoryAsync(string conference)
    {
        var reply = await CallAsync("POST", $"/users/{User}/messageroaming", new { queue = conference + "@conference.easemob.com", start = -1, pull_number = 20, is_positive = false, end = -1 });
        return
        [
            .. reply.Succeeded().Data.GetProperty("msgs").EnumerateArray()
                .Select(one => MessageBody.Parser.ParseFrom(Meta.Parser.ParseFrom(Convert.FromBase64String(one.Text("msg")!)).Payload)),
        ];
    }

    /// <summary>Whether nothing of this kind has come; everything that was on its way is heard first.</summary>
    public async Task<bool> HasNotHeardAsync(Func<Meta, bool> matches)
    {
        await UnreadAsync();
        return !_heard.Exists(meta => matches(meta));
    }

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    private static JsonElement? DataOf(Meta meta)
    {
        var root = JsonDocument.Parse(meta.Payload.ToStringUtf8()).RootElement;
        return root.Text("type") == "thread" ? root.GetProperty("data") : null;
    }

    private async Task<Meta> HearMetaAsync(Predicate<Meta> matches)
    {
        while (true)
        {
            if (_heard.Find(matches) is { } found)
            {
                _heard.Remove(found);
                return found;
            }

            await PumpAsync();
        }
    }

    private async Task<CommUnreadDL> UnreadAsync()
    {
        await socket.SendAsync(new MSync { Command = MSync.Types.Command.Unread });
        while (true)
        {
            var frame = await socket.NextAsync();
            if (frame.Command == MSync.Types.Command.Unread) return CommUnreadDL.Parser.ParseFrom(frame.Payload);
            await TakeAsync(frame);
        }
    }

    private async Task<CommSyncDL> PumpAsync()
    {
        while (true)
        {
            if (await TakeAsync(await socket.NextAsync()) is { } next) return next;
        }
    }

    private async Task<CommSyncDL?> TakeAsync(MSync frame)
    {
        if (frame.Command != MSync.Types.Command.Sync) return null;
        var next = CommSyncDL.Parser.ParseFrom(frame.Payload);
        _heard.AddRange(next.Metas);
        if (next is { IsLast: false, Metas.Count: > 0, HasMetaId: false }) await socket.SyncAsync(new CommSyncUL { Queue = next.Queue, Key = next.NextKey });
        return next;
    }
}
