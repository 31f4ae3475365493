namespace Dragoman.Engine.Topics;

/// <summary>Reads a topic and who is in it.</summary>
public sealed class FindTopics(TopicDesk desk)
{
    /// <returns>The topic with its members; or TopicNotFound, GroupDisabled, NotGroupMember.</returns>
    public async ValueTask<Result<TopicRoster>> RunAsync(Caller caller, TopicId id, CancellationToken ct)
    {
        var found = await desk.FindForAsync(caller, id, ct);
        return found.TryGet(out var place, out var refusal) ? place.Topic : refusal;
    }
}
