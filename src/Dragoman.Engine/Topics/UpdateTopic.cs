using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Topics;

/// <summary>Gives a topic another name.</summary>
public sealed class UpdateTopic(TopicDesk desk, WordDesk words, TopicLimits limits)
{
    /// <returns>
    /// The topic after it; or TopicNotFound, GroupDisabled, NotGroupMember, NotGroupManager (unless he began it), TopicNameInvalid, WordRejected.
    /// </returns>
    public async ValueTask<Result<TopicRoster>> RunAsync(Caller caller, TopicId id, string name, CancellationToken ct)
    {
        var found = await desk.FindAsync(caller.App, id, ct);
        if (!found.TryGet(out var place, out var refusal)) return refusal;

        using var turn = await desk.EnterAsync(caller.App, place.Group.Group.Id, ct);
        found = await desk.FindAsync(caller.App, id, ct);
        if (!found.TryGet(out place, out refusal)) return refusal;
        if (GroupRights.WhyNot(caller, place.Group, GroupAction.EditTopics, place.Topic.Topic.Owner) is { } forbidden) return forbidden;
        if (TopicNames.WhyNot(caller.App, ref name, words, limits) is { } unfit) return unfit;
        if (name == place.Topic.Topic.Name) return place.Topic;

        var after = place.Topic.With(place.Topic.Topic with { Name = name });
        var notice = new TopicUpdated(after.Topic, caller.User, await desk.CountAsync(after.Topic, ct)) { At = desk.Now };
        var failed = await desk.CommitAsync(caller, place.Group, after, [], notice, new PutTopic(caller.App, after.Topic));
        return failed is null ? after : failed;
    }
}
