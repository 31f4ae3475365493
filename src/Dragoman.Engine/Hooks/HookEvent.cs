using System.Text.Json.Serialization;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Hooks;

/// <summary>Something that was done, for the app's own server to hear of: a message was sent, or what a notice says.</summary>
public sealed record HookEvent
{
    /// <summary>Where it happened; null for what belongs to no conversation.</summary>
    public ConversationKey? Conversation { get; init; }

    public LogChannel Channel { get; init; }

    /// <summary>Its place there; 0 when it was not stored.</summary>
    public long Sequence { get; init; }

    /// <summary>Who did it.</summary>
    public required UserId Actor { get; init; }

    /// <summary>As <see cref="Caller.Operation"/>.</summary>
    public string Operation { get; init; } = "";

    /// <summary>As <see cref="Caller.Route"/>; empty for what is an entry of a log.</summary>
    public string Route { get; init; } = "";

    /// <summary>What happened; null for a message.</summary>
    public Notice? Notice { get; init; }

    /// <summary>The message; not stored with the event but read again when it is told.</summary>
    [JsonIgnore]
    public Entry? Message { get; init; }

    /// <summary>What is done besides the entries of a unit.</summary>
    internal static HookEvent Of(Caller caller, Notice notice) => new()
    {
        Actor = caller.User,
        Operation = caller.Operation,
        Route = caller.Route ?? "",
        Notice = notice,
    };

    internal static HookEvent Of(Entry entry) => new()
    {
        Conversation = entry.Conversation,
        Channel = entry.Channel,
        Sequence = entry.Sequence,
        Actor = entry.Sender,
        Operation = entry.Operation,
        Notice = entry.Notice,
        Message = entry.Notice is null ? entry : null,
    };
}
