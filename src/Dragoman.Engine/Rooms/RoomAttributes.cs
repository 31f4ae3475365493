using System.Collections.Immutable;
using System.Text;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Rooms;

/// <param name="Refusal">Null when it was written, or removed.</param>
public readonly record struct AttributeOutcome(string Key, Refusal? Refusal = null);

/// <summary>Small facts that occupants share: a map of a room, in which everybody writes under keys that nobody else has taken.</summary>
public sealed class RoomAttributes(RoomDesk desk, Occupancy occupancy, RoomLimits limits)
{
    /// <param name="writer">In whose name.</param>
    /// <param name="isForced">Also over what others have written.</param>
    /// <param name="dropsWithWriter">It goes when the writer leaves.</param>
    /// <returns>
    /// One outcome for each key (AttributeKeyInvalid, AttributeKeyTooLong, AttributeValueTooLong, AttributeLimitReached, AttributeNotOwned);
    /// or NotPermitted, AttributeBatchTooLarge, RoomNotFound, NotInRoom.
    /// </returns>
    public async ValueTask<Result<IReadOnlyList<AttributeOutcome>>> WriteAsync(
        Caller caller, RoomId roomId, UserId writer, IReadOnlyList<KeyValuePair<string, string>> pairs, bool dropsWithWriter, bool isForced, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await FindAsync(caller, roomId, writer, pairs.Count, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;

        var mayForce = isForced && await MayForceAsync(caller, sheet, ct);
        var attributes = sheet.Attributes.ToBuilder();
        var outcomes = new List<AttributeOutcome>();
        var written = new List<RoomAttribute>();
        foreach (var (key, value) in pairs)
        {
            var attribute = new RoomAttribute(key, value, writer, dropsWithWriter);
            var whyNot = WhyNot(attributes, attribute, mayForce);
            outcomes.Add(new(key, whyNot));
            if (whyNot is not null) continue;
            attributes[key] = attribute;
            written.Add(attribute);
        }

        if (written.Count > 0)
        {
            KeyValuePair<string, string>[] said = [.. written.Select(one => KeyValuePair.Create(one.Key, one.Value))];
            var notice = new RoomAttributesChanged(roomId, writer, said, []) { At = desk.Now };
            var after = sheet with { Attributes = attributes.ToImmutable() };
            var done = await desk.CommitAsync(caller, after, notice, new PutRoomAttributes(caller.App, roomId, written));
            if (!done.TryGet(out _, out refusal)) return refusal;
        }

        return outcomes;
    }

    /// <returns>As <see cref="WriteAsync"/>; a key that is not there is refused with AttributeNotFound.</returns>
    public async ValueTask<Result<IReadOnlyList<AttributeOutcome>>> RemoveAsync(
        Caller caller, RoomId roomId, UserId writer, IReadOnlyList<string> keys, bool isForced, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, roomId, ct);
        var found = await FindAsync(caller, roomId, writer, keys.Count, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return refusal;

        var mayForce = isForced && await MayForceAsync(caller, sheet, ct);
        AttributeOutcome[] outcomes = [.. keys.Distinct(StringComparer.Ordinal).Select(key => new AttributeOutcome(key, WhyNot(sheet, key, writer, mayForce)))];
        string[] gone = [.. outcomes.Where(outcome => outcome.Refusal is null).Select(outcome => outcome.Key)];
        if (gone.Length > 0)
        {
            var notice = new RoomAttributesChanged(roomId, writer, [], gone) { At = desk.Now };
            var after = sheet with { Attributes = sheet.Attributes.RemoveRange(gone) };
            var done = await desk.CommitAsync(caller, after, notice, new RemoveRoomAttributes(caller.App, roomId, gone));
            if (!done.TryGet(out _, out refusal)) return refusal;
        }

        return outcomes;
    }

    private async ValueTask<Result<RoomSheet>> FindAsync(Caller caller, RoomId roomId, UserId writer, int count, CancellationToken ct)
    {
        if (!caller.MayActFor(writer)) return Condition.NotPermitted;
        if (count > limits.MaxAttributesPerCall) return Condition.AttributeBatchTooLarge;
        var found = await desk.FindAsync(caller.App, roomId, ct);
        if (!found.TryGet(out _, out var refusal)) return refusal;
        return occupancy.Contains(caller.App, roomId, writer) ? found : new Refusal(Condition.NotInRoom, writer.Value);
    }

    /// <summary>Whoever asks for it may write over what others have written; a type may keep that to some.</summary>
    private async ValueTask<bool> MayForceAsync(Caller caller, RoomSheet sheet, CancellationToken ct) =>
        await desk.WhyNotAsync(caller, sheet, RoomAction.WriteAttributesOfOthers, ct) is null;

    private Refusal? WhyNot(ImmutableDictionary<string, RoomAttribute>.Builder attributes, RoomAttribute attribute, bool mayForce)
    {
        if (!IsKey(attribute.Key)) return new(Condition.AttributeKeyInvalid, attribute.Key);
        if (attribute.Key.Length > limits.MaxAttributeKeyBytes) return new(Condition.AttributeKeyTooLong, attribute.Key);
        if (Encoding.UTF8.GetByteCount(attribute.Value) > limits.MaxAttributeValueBytes) return new(Condition.AttributeValueTooLong, attribute.Key);
        if (attributes.TryGetValue(attribute.Key, out var old))
            return old.Writer == attribute.Writer || mayForce ? null : new(Condition.AttributeNotOwned, attribute.Key);
        return attributes.Count >= limits.MaxAttributes ? new(Condition.AttributeLimitReached, attribute.Key) : null;
    }

    private static Refusal? WhyNot(RoomSheet sheet, string key, UserId writer, bool mayForce)
    {
        if (!sheet.Attributes.TryGetValue(key, out var attribute)) return new(Condition.AttributeNotFound, key);
        return attribute.Writer == writer || mayForce ? null : new(Condition.AttributeNotOwned, key);
    }

    private static bool IsKey(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
