using Dragoman.Engine.Presences;

namespace Dragoman.Engine.Notices;

/// <summary>How somebody appears now; told to one who subscribed to him.</summary>
/// <param name="SubscribedUntil">Unix milliseconds.</param>
public sealed record PresenceTold(PresenceView View, long SubscribedUntil) : Notice;
