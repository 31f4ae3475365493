using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Push;

/// <summary>A message is about to wake the phones of those to whom no connection brought it.</summary>
public sealed class PushingMessage(Caller caller, Entry message, IReadOnlyList<UserId> receivers) : Proposal(caller)
{
    public Entry Message { get; } = message;

    public IReadOnlyList<UserId> Receivers { get; set; } = receivers;

    /// <summary>What the phones show instead of what the message says by itself; null leaves it to the message.</summary>
    public PushContent? Content { get; set; }
}

/// <summary>What a phone shows.</summary>
public sealed record PushContent
{
    public string Title { get; init; } = "";
    public string Text { get; init; } = "";

    /// <summary>For the app's client.</summary>
    public string Extra { get; init; } = "";

    /// <summary>The name of a sound that the app's client has; empty is the phone's own.</summary>
    public string Sound { get; init; } = "";

    /// <summary>Whether the number on the app's icon grows.</summary>
    public bool CountsBadge { get; init; }
}
