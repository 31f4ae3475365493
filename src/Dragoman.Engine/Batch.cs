namespace Dragoman.Engine;

/// <summary>What becomes of the other subjects of a call when one of them is refused.</summary>
public enum BatchMode : byte
{
    /// <summary>Nothing is done.</summary>
    AllOrNone,

    /// <summary>What can be done is done; only when nothing can, the call is refused.</summary>
    EachAlone,
}

/// <param name="Refusal">Null when it was done.</param>
public readonly record struct ItemOutcome(UserId Subject, Refusal? Refusal = null)
{
    public bool IsDone => Refusal is null;
}

/// <summary>What a call with several subjects came to.</summary>
/// <param name="Items">One for each subject, in the order of the call.</param>
public sealed record Batch<T>(T Value, IReadOnlyList<ItemOutcome> Items)
{
    public IEnumerable<UserId> Done => Items.Where(item => item.IsDone).Select(item => item.Subject);
}

/// <summary>Makes batches.</summary>
internal static class Batch
{
    /// <summary>Asks about each subject; what is named twice counts once.</summary>
    /// <param name="whyNot">Null when it may be done.</param>
    /// <returns>The outcomes, at least one of them done when there are any; or the first refusal.</returns>
    public static Result<ItemOutcome[]> Sort(IReadOnlyList<UserId> subjects, BatchMode mode, Func<UserId, Refusal?> whyNot)
    {
        var items = subjects.Distinct().Select(subject => new ItemOutcome(subject, whyNot(subject))).ToArray();
        return WhyNot(items, mode) is { } refusal ? refusal : items;
    }

    /// <summary>Why nothing is done at all; null when something is.</summary>
    public static Refusal? WhyNot(IReadOnlyList<ItemOutcome> items, BatchMode mode)
    {
        var first = items.FirstOrDefault(item => !item.IsDone).Refusal;
        return mode == BatchMode.AllOrNone || !items.Any(item => item.IsDone) ? first : null;
    }
}
