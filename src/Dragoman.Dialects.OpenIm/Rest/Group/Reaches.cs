using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary>The member <c>sendMessage</c> of some requests: whether what happens is also shown in the chat.</summary>
internal static class Reaches
{
    /// <param name="isGiven">Absent is the type's default, which is to show it.</param>
    public static NoticeReach Of(bool isGiven, bool sendMessage) => isGiven && !sendMessage ? NoticeReach.Online : NoticeReach.Timeline;
}
