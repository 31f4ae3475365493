using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Messages;
using Dragoman.Engine;
using Dragoman.Engine.Rooms;
using Dragoman.Gateway.Connections;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>How people come into chat rooms: over the socket, or as older clients do, by a call.</summary>
internal sealed class RoomEntrance(EnterRoom enter, SessionRegistry sessions, MetaRenderer renderer, TimeProvider clock)
{
    private const long NotMuted = -1;

    /// <summary>Whether a room can be called so at all.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <param name="history">Messages that he is shown, as the app wants it.</param>
    /// <returns>The room; or RoomIdInvalid, and whatever refuses him.</returns>
    public async ValueTask<Result<EnteredRoom>> EnterAsync(
        Caller caller, UserId user, string room, string text, bool leavesOthers, int history, CancellationToken ct)
    {
        if (!IsId(room)) return new Refusal(Condition.RoomIdInvalid, room);
        return await enter.RunAsync(caller, user, new RoomId(room), text, leavesOthers, history, ct);
    }

    /// <summary>What was said last, for the device that came in, after it was answered.</summary>
    public void Replay(Caller caller, EnteredRoom entered)
    {
        if (entered.WasInside || entered.Replay.Count == 0 || sessions.Find(caller.Session) is not AgoraSession session) return;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var entry in entered.Replay) AgoraDelivery.Push(session, entry, Arrival.Push, renderer, now);
    }

    /// <summary>What a client is told of the room it is in now: <c>{"user":{…}}</c>.</summary>
    public string InfoOf(EnteredRoom entered, UserId user)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (room, until) = (entered.Sheet.Room, entered.Sheet.Until(RoomStanding.Muted, user.Value));
        return new JsonObject
        {
            [user.Value] = new JsonObject
            {
                ["is_all_mute"] = room.MutedUntil > now,
                ["create_timestamp"] = room.CreatedAt,
                ["is_in_white_list"] = entered.Sheet.Has(RoomStanding.Allowed, user),
                ["member_count"] = entered.Count,
                ["mute_duration"] = until > now ? Math.Min(until, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) : NotMuted,
            },
        }.ToJsonString();
    }
}
