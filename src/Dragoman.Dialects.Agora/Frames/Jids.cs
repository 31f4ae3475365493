using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Protos;

namespace Dragoman.Dialects.Agora.Frames;

/// <summary>How users, groups and queues are named on the wire.</summary>
internal static class Jids
{
    public const string People = "easemob.com";

    public static JID User(AgoraApp app, string name) => new() { AppKey = app.Key, Name = name, Domain = People };
}
