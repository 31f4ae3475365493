namespace Dragoman.Engine.Sessions;

/// <summary>So many connected devices of each kind, or of all together; the oldest make room, or the newcomer stays outside.</summary>
/// <param name="maxDevices">For each slot of the dialect; of all slots together when <paramref name="isForAll"/>.</param>
public sealed class DevicePolicy(int maxDevices, bool isForAll, bool refusesWhenFull, int maxGrants) : LoginPolicy
{
    public override EndReason LoserReason => isForAll ? EndReason.ReplacedByLogin : EndReason.DeviceLimit;

    public override bool Refuses(SessionInfo newcomer, IReadOnlyList<SessionInfo> others) =>
        refusesWhenFull && Rivals(newcomer, others).Count() >= maxDevices;

    /// <summary>Tokens are not bound to a device: only their number is.</summary>
    public override IEnumerable<Grant> LosersOnIssue(DeviceSlot slot, IReadOnlyList<Grant> valid) =>
        valid.Take(Math.Max(0, valid.Count + 1 - maxGrants));

    public override IEnumerable<SessionInfo> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<SessionInfo> others)
    {
        var rivals = Rivals(newcomer, others).ToArray();
        return rivals.Take(Math.Max(0, rivals.Length + 1 - maxDevices));
    }

    public override IEnumerable<Grant> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<Grant> valid, IReadOnlyList<SessionInfo> kicked) => [];

    /// <summary>In the order in which they came.</summary>
    private IEnumerable<SessionInfo> Rivals(SessionInfo newcomer, IReadOnlyList<SessionInfo> others) =>
        others.Where(s => isForAll || s.Slot == newcomer.Slot);
}
