using System.Text;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>What members say of themselves in a group: names and values, which every member reads.</summary>
public sealed class MemberAttributes(GroupDesk desk, GroupScribe scribe, IMemberAttributeStore store, EngineLimits limits, TimeProvider clock)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <param name="changed">An empty value takes the name away; others stay as they are.</param>
    /// <returns>
    /// All that the member has afterwards; or AttributeKeyInvalid, AttributeValueTooLong, GroupNotFound, GroupDismissed, GroupDisabled,
    /// NotGroupMember (the caller), TargetNotMember, NotGroupOwner, NotGroupManager, GroupTypeForbids, TargetOutranks, AttributesTooLarge.
    /// </returns>
    public async ValueTask<Result<IReadOnlyDictionary<string, string>>> SetAsync(
        Caller caller, GroupId groupId, UserId user, IReadOnlyDictionary<string, string> changed, CancellationToken ct)
    {
        foreach (var (name, value) in changed)
        {
            if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > limits.MaxAttributeNameBytes) return new Refusal(Condition.AttributeKeyInvalid, name);
            if (Encoding.UTF8.GetByteCount(value) > limits.MaxAttributeValueBytes) return new Refusal(Condition.AttributeValueTooLong, name);
        }

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (!caller.IsAdministrator && roster.Find(caller.User) is null) return new Refusal(Condition.NotGroupMember, caller.User.Value);
        if (roster.Find(user) is not { } member) return new Refusal(Condition.TargetNotMember, user.Value);
        if (GroupRights.WhyNot(caller, roster, GroupAction.EditCards, user) is { } forbidden) return forbidden;

        var attributes = new Dictionary<string, string>((await store.FindAsync(caller.App, groupId, [user], ct)).GetValueOrDefault(user, None));
        foreach (var (name, value) in changed)
        {
            if (value.Length == 0) attributes.Remove(name);
            else attributes[name] = value;
        }

        if (SizeOf(attributes) > limits.MaxAttributesBytes) return new Refusal(Condition.AttributesTooLarge, user.Value);
        if (changed.Count == 0) return attributes;

        var notice = new MemberAttributesChanged(await scribe.PersonAsync(caller.App, user, member, ct), changed)
        {
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Group = roster.Facts,
            Operator = await scribe.PersonAsync(roster, caller.User, ct),
        };
        var step = new GroupStep(roster, new PutMemberAttributes(caller.App, groupId, user, changed));
        var written = await desk.CommitAsync(caller, step.Telling(notice, NoticeReach.Changes));
        return written.TryGet(out _, out var failure) ? attributes : failure;
    }

    /// <param name="names">Only these; empty is all.</param>
    /// <returns>What each of these members has, in the order of the call; or GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember, TargetNotMember.</returns>
    public async ValueTask<Result<IReadOnlyList<KeyValuePair<UserId, IReadOnlyDictionary<string, string>>>>> GetAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> users, IReadOnlyCollection<string> names, CancellationToken ct)
    {
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (!caller.IsAdministrator && roster.Find(caller.User) is null) return new Refusal(Condition.NotGroupMember, caller.User.Value);
        foreach (var user in users)
        {
            if (roster.Find(user) is null) return new Refusal(Condition.TargetNotMember, user.Value);
        }

        var all = await store.FindAsync(caller.App, groupId, users, ct);
        KeyValuePair<UserId, IReadOnlyDictionary<string, string>>[] chosen =
            [.. users.Distinct().Select(user => KeyValuePair.Create(user, Only(all.GetValueOrDefault(user, None), names)))];
        return chosen;
    }

    private static IReadOnlyDictionary<string, string> Only(IReadOnlyDictionary<string, string> attributes, IReadOnlyCollection<string> names) =>
        names.Count == 0 ? attributes : attributes.Where(item => names.Contains(item.Key)).ToDictionary(item => item.Key, item => item.Value);

    private static int SizeOf(Dictionary<string, string> attributes) =>
        attributes.Sum(item => Encoding.UTF8.GetByteCount(item.Key) + Encoding.UTF8.GetByteCount(item.Value));
}
