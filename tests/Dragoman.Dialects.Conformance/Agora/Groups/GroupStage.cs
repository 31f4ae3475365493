using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Xunit;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Conformance.Agora.Groups;

/// <summary>A user who is logged in and calls the API as its client does.</summary>
internal sealed class Person(AgoraAppClient app, Talk talk, string token) : IAsyncDisposable
{
    private readonly List<MUCBody> _heard = [];

    public string User => Talk.User;
    public Talk Talk { get; } = talk;

    public static async Task<Person> NewAsync(AgoraAppClient app, string stem = "alice") => await BeginAsync(app, await app.NewUserAsync(stem));

    public static async Task<Person> BeginAsync(AgoraAppClient app, string user, string resource = "webim_web_1") =>
        new(app, await Talk.BeginAsync(app, user, resource), await app.UserTokenAsync(user));

    /// <summary>A call that says which device makes it.</summary>
    public Task<RestReply> CallAsync(string method, string path, object? body = null) =>
        app.CallAsync(method, path + (path.Contains('?') ? "&" : "?") + "resource=webim_web_1", body, token);

    /// <summary>Founds a group with the vendor's switches as the test wants them.</summary>
    public async Task<string> FoundAsync(
        bool isPublic = true, bool membersOnly = false, bool allowInvites = false, bool confirm = false, int size = 200, params string[] members)
    {
        var body = new
        {
            owner = User,
            groupname = "the group",
            desc = "what it is",
            avatar = "a.png",
            members,
            @public = isPublic,
            approval = membersOnly,
            allowinvites = allowInvites,
            invite_need_confirm = confirm,
            maxusers = size,
            custom = "{}",
        };
        return (await CallAsync("POST", "/chatgroups", body)).Succeeded().Data.GetProperty("groupid").GetString()!;
    }

    /// <summary>The next event of a group of this kind; it is acknowledged when it was stored. Queues are in no order among each other.</summary>
    public async Task<MUCBody> HearAsync(Operation operation)
    {
        while (true)
        {
            if (_heard.Find(body => body.Operation == operation) is { } found)
            {
                _heard.Remove(found);
                return found;
            }

            Assert.True(_heard.Count < 2, $"{operation} did not come, but {string.Join(", ", _heard.Select(body => body.Operation))}");
            await TakeAsync(await Talk.Socket.NextSyncAsync());
        }
    }

    private async Task TakeAsync(CommSyncDL pushed)
    {
        var meta = Assert.Single(pushed.Metas);
        Assert.Equal(Meta.Types.NameSpace.Muc, meta.Ns);
        var body = MUCBody.Parser.ParseFrom(meta.Payload);
        Assert.False(body.IsChatroom);
        _heard.Add(body);
        if (!pushed.IsLast) await Talk.AcknowledgeAsync(pushed.Queue, pushed.NextKey);
    }

    public ValueTask DisposeAsync() => Talk.DisposeAsync();
}

/// <summary>Reads of answers.</summary>
internal static class GroupAnswers
{
    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static bool Flag(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    public static IEnumerable<string?> Texts(this JsonElement element) => element.EnumerateArray().Select(item => item.GetString());

    public static IEnumerable<string> Names(this JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
