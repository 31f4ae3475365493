using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary>A route of one group, which the path names in its place <c>g</c>.</summary>
internal abstract class GroupEndpoint(string methods, string template, Access access = Access.Users) : AgoraEndpoint(methods, template, access)
{
    protected static GroupId GroupOf(AgoraCall call) => new(call.TextIn("g"));

    /// <summary>A refusal in words that name the group.</summary>
    protected static AgoraReply Refuse(AgoraCall call, Refusal refusal) => GroupErrors.Of(refusal, GroupOf(call));

    public sealed override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct) =>
        GroupErrors.IsPossible(GroupOf(call)) ? await HandleAsync(call, GroupOf(call), ct) : GroupErrors.Of(new(Condition.GroupNotFound), GroupOf(call));

    protected abstract ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct);
}
