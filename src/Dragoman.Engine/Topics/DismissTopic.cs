using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Topics;

/// <summary>Ends a topic, and with it what was said there.</summary>
public sealed class DismissTopic(TopicDesk desk)
{
    /// <returns>Done; or TopicNotFound, GroupDisabled, NotGroupMember, NotGroupManager.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, TopicId id, CancellationToken ct)
    {
        var found = await desk.FindAsync(caller.App, id, ct);
        if (!found.TryGet(out var place, out var refusal)) return refusal;

        using var turn = await desk.EnterAsync(caller.App, place.Group.Group.Id, ct);
        found = await desk.FindAsync(caller.App, id, ct);
        if (!found.TryGet(out place, out refusal)) return refusal;
        if (GroupRights.WhyNot(caller, place.Group, GroupAction.DismissTopics) is { } forbidden) return forbidden;

        var (topic, members) = (place.Topic.Topic, place.Topic.Members);
        var notice = new TopicDismissed(topic, caller.User, await desk.CountAsync(topic, ct)) { At = desk.Now };
        var failed = await desk.CommitAsync(caller, place.Group, after: null, members, notice, new EndTopic(caller.App, topic.Parent, id, members));
        return failed is null ? default(Done) : failed;
    }
}
