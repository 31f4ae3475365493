using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary>Refusals with the ids that the vendor writes into their texts.</summary>
internal static class RoomErrors
{
    public static AgoraError Of(Refusal refusal, AgoraCall call) => Of(refusal, call.App, call.Room());

    public static AgoraError Of(Refusal refusal, AgoraApp app, RoomId room)
    {
        var error = AgoraErrors.Of(refusal);
        var subject = refusal.Subject ?? "";
        return refusal.Condition switch
        {
            Condition.AccountNotFound => AgoraErrors.UnknownUser(subject),
            Condition.RoomNotFound => error.With($"grpID {room.Value} does not exist!"),
            Condition.RoomExists => error.With($"group ID {subject} already exists!"),
            Condition.RoomNameTooLong => error.With($"title cannot exceed to {subject}"),
            Condition.RoomDescriptionTooLong => error.With($"desc cannot exceed to {subject}"),
            Condition.RoomCapacityTooLarge => error.With($"maxUsers cannot exceed {subject}"),
            Condition.RoomLimitReached => error.With($"appKey:{app.Key} has create too many chatrooms!"),
            Condition.UserRoomLimitReached => error.With($"user {subject} has joined too many chatrooms!"),
            Condition.NotInRoom or Condition.AlreadyInRoom or Condition.BannedFromRoom or Condition.RoomManagerUnknown => error.With(ReasonOf(refusal, room)),
            Condition.TargetIsOwner => error.With("forbidden operation on group owner!"),
            _ => error,
        };
    }

    /// <summary>The text alone, for one of several users.</summary>
    public static string ReasonOf(Refusal refusal, RoomId room) => refusal.Condition switch
    {
        Condition.AccountNotFound => $"user {refusal.Subject} doesn't exist.",
        Condition.NotInRoom => $"users [{refusal.Subject}] are not members of this group!",
        Condition.AlreadyInRoom => $"can not join this group, reason:user: {refusal.Subject} already in group: {room.Value}\n",
        Condition.BannedFromRoom => $"can not join this group, reason:user {refusal.Subject} is in the blacklist",
        Condition.RoomManagerUnknown => $"user:{refusal.Subject} is not admin of group:{room.Value}",
        Condition.UserRoomLimitReached => $"can not join this group, reason:user {refusal.Subject} has joined too many chatrooms!",
        Condition.TargetIsOwner => "forbidden operation on group owner!",
        _ => AgoraErrors.Of(refusal).Description,
    };

    /// <summary>What reading a room answers when there is none.</summary>
    public static AgoraError Missing(string room) => AgoraErrors.RouteNotFound.With($"do not find this group:{room}");
}
