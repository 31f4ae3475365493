using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Dragoman.Load.OpenIm;

/// <summary>One user with a long past: friends, groups, conversations with something unread, and one conversation with a long history.</summary>
internal sealed class OpenImLibrary(OpenImRest rest, LibrarySize size)
{
    private const int Platform = 5;
    private const int FriendsPerCall = 500;
    private const int Parallelism = 16;

    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    internal string UserId => $"l{_run}u";

    /// <summary>The other side of the long conversation; it sorts behind the user.</summary>
    private string Talker => $"l{_run}v";

    internal string HistoryId => $"si_{UserId}_{Talker}";

    private IEnumerable<string> Peers => Enumerable.Range(0, size.Conversations - size.Groups).Select(Peer);

    private string Peer(int number) => string.Create(CultureInfo.InvariantCulture, $"l{_run}p{number:d6}");

    internal async Task BuildAsync(CancellationToken ct)
    {
        await rest.RegisterAsync([UserId, Talker, .. Peers], ct);
        foreach (var some in Peers.Take(size.Friends).Chunk(FriendsPerCall))
            await rest.PostAsync("/friend/import_friend", new JsonObject { ["ownerUserID"] = UserId, ["friendUserIDs"] = new JsonArray([.. some.Select(id => (JsonNode)id)]) }, ct);

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct };
        await Parallel.ForAsync(0, size.Groups, parallel, async (i, token) => await rest.CreateGroupAsync($"l{_run}g{i}", [Peer(i), UserId], token));
        await Parallel.ForEachAsync(Peers, parallel, async (peer, token) => await SayAsync(peer, token));
        await Parallel.ForAsync(0, size.History, parallel, async (_, token) => await SayAsync(Talker, token));
    }

    /// <summary>What the vendor's SDK asks on a device that has nothing (the order of its calls does not matter here).</summary>
    /// <returns>Where its three streams stand.</returns>
    internal async Task<JsonObject[]> LogInFirstAsync(CancellationToken ct)
    {
        await LogInAsync(ct);
        var streams = new JsonObject[Streams.Length];
        for (var i = 0; i < Streams.Length; i++) streams[i] = await ReadStreamAsync(Streams[i], version: 0, versionId: "", ct);
        await PageAsync("/group/get_joined_group_list", "fromUserID", pageSize: 100, size.Groups, ct);
        await PageAsync("/friend/get_friend_list", "userID", pageSize: 100, size.Friends, ct);
        await PageAsync("/conversation/get_owner_conversation", "userID", pageSize: 300, size.Conversations, ct);
        foreach (var path in FullIds) await rest.PostAsync(path, new JsonObject { ["idHash"] = 0, ["userID"] = UserId }, ct);
        foreach (var some in Peers.Chunk(100))
            await rest.PostAsync("/user/get_users_info", new JsonObject { ["userIDs"] = new JsonArray([.. some.Select(id => (JsonNode)id)]) }, ct);
        return streams;
    }

    /// <summary>The same on a device that knows all of it.</summary>
    internal async Task LogInAgainAsync(JsonObject[] streams, CancellationToken ct)
    {
        await LogInAsync(ct);
        for (var i = 0; i < Streams.Length; i++)
            await ReadStreamAsync(Streams[i], streams[i]["version"]!.GetValue<ulong>(), streams[i]["versionID"]!.GetValue<string>(), ct);
    }

    internal Task ListAsync(CancellationToken ct) => rest.PostAsync(
        "/conversation/get_sorted_conversation_list", new JsonObject { ["userID"] = UserId, ["conversationIDs"] = new JsonArray(), ["pagination"] = Page(1, size.Conversations) }, ct);

    /// <summary>Twenty messages at some place of the long conversation.</summary>
    internal Task ReadHistoryAsync(long begin, CancellationToken ct) => rest.PostAsync(
        "/msg/pull_msg_by_seq",
        new JsonObject
        {
            ["userID"] = UserId,
            ["order"] = 0,
            ["seqRanges"] = new JsonArray(new JsonObject { ["conversationID"] = HistoryId, ["begin"] = begin, ["end"] = begin + 19, ["num"] = 20 }),
        },
        ct);

    private static readonly string[] Streams =
        ["/group/get_incremental_join_groups", "/friend/get_incremental_friends", "/conversation/get_incremental_conversations"];

    private static readonly string[] FullIds =
        ["/group/get_full_join_group_ids", "/friend/get_full_friend_user_ids", "/conversation/get_full_conversation_ids"];

    /// <summary>What every login asks, whatever the device has.</summary>
    private async Task LogInAsync(CancellationToken ct)
    {
        await rest.PostAsync("/auth/get_user_token", new JsonObject { ["platformID"] = Platform, ["userID"] = UserId }, ct);
        await rest.PostAsync("/msg/newest_seq", new JsonObject { ["userID"] = UserId }, ct);
        await rest.PostAsync("/msg/get_conversations_has_read_and_max_seq", new JsonObject { ["userID"] = UserId, ["conversationIDs"] = new JsonArray() }, ct);
        await rest.PostAsync("/user/get_users_info", new JsonObject { ["userIDs"] = new JsonArray(UserId) }, ct);
        await rest.PostAsync("/friend/get_black_list", new JsonObject { ["userID"] = UserId, ["pagination"] = Page(1, 200) }, ct);
    }

    private async Task<JsonObject> ReadStreamAsync(string path, ulong version, string versionId, CancellationToken ct) =>
        (JsonObject)(await rest.PostAsync(path, new JsonObject { ["userID"] = UserId, ["version"] = version, ["versionID"] = versionId }, ct))!;

    private async Task PageAsync(string path, string owner, int pageSize, int total, CancellationToken ct)
    {
        for (var page = 1; (page - 1) * pageSize < total; page++)
            await rest.PostAsync(path, new JsonObject { [owner] = UserId, ["pagination"] = Page(page, pageSize) }, ct);
    }

    private async Task SayAsync(string sender, CancellationToken ct) => await rest.PostAsync(
        "/msg/send_msg",
        new JsonObject
        {
            ["sendID"] = sender,
            ["recvID"] = UserId,
            ["senderPlatformID"] = 1,
            ["content"] = new JsonObject { ["content"] = $"a line of a long talk, said by {sender} to who reads it one day, or not" },
            ["contentType"] = 101,
            ["sessionType"] = 1,
        },
        ct);

    private static JsonObject Page(int number, int size) => new() { ["pageNumber"] = number, ["showNumber"] = size };
}

/// <param name="Conversations">Groups included.</param>
internal sealed record LibrarySize(int Conversations, int Friends, int Groups, int History);
