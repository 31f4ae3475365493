using Dragoman.Engine;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.OpenIm.Auth;

/// <summary>The vendor's login policies (section 3.5); a slot is a platform number.</summary>
internal static class MultiLogin
{
    public static LoginPolicy Of(int policy, int maxPerPlatform) => policy switch
    {
        0 => new NobodyKicked(maxPerPlatform),
        4 => new SameClassKicked(),
        5 => new PcPlusOne(),
        _ => new SameTerminalKicked(),
    };

    /// <summary>0: any number of logins, up to a bound for each platform.</summary>
    private sealed class NobodyKicked(int maxPerPlatform) : LoginPolicy
    {
        public override IEnumerable<Grant> LosersOnIssue(DeviceSlot slot, IReadOnlyList<Grant> valid)
        {
            var mine = valid.Where(g => g.Slot == slot).ToArray();
            return mine.Take(Math.Max(0, mine.Length + 1 - maxPerPlatform));
        }

        public override IEnumerable<SessionInfo> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<SessionInfo> others) => [];

        public override IEnumerable<Grant> LosersOnConnect(
            SessionInfo newcomer, IReadOnlyList<Grant> valid, IReadOnlyList<SessionInfo> kicked) => [];
    }

    /// <summary>1, the default: one login for each platform.</summary>
    private sealed class SameTerminalKicked : LoginPolicy
    {
        public override IEnumerable<Grant> LosersOnIssue(DeviceSlot slot, IReadOnlyList<Grant> valid) =>
            valid.GroupBy(g => g.Slot).SelectMany(platform => platform.Key == slot ? platform : platform.SkipLast(1));

        public override IEnumerable<SessionInfo> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<SessionInfo> others) =>
            others.Where(s => s.Dialect == newcomer.Dialect && s.Slot == newcomer.Slot && s.Grant != newcomer.Grant);

        public override IEnumerable<Grant> LosersOnConnect(
            SessionInfo newcomer, IReadOnlyList<Grant> valid, IReadOnlyList<SessionInfo> kicked) =>
            valid.Where(g => g.Slot == newcomer.Slot && g.Key != newcomer.Grant);
    }

    /// <summary>4: one login for each class of devices.</summary>
    private sealed class SameClassKicked : LoginPolicy
    {
        public override IEnumerable<Grant> LosersOnIssue(DeviceSlot slot, IReadOnlyList<Grant> valid) =>
            valid.GroupBy(g => ClassOf(g.Slot)).SelectMany(kind => kind.Key == ClassOf(slot) ? kind : kind.SkipLast(1));

        public override IEnumerable<SessionInfo> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<SessionInfo> others) =>
            others.Where(s => s.Dialect == newcomer.Dialect && ClassOf(s.Slot) == ClassOf(newcomer.Slot) && s.Grant != newcomer.Grant);

        public override IEnumerable<Grant> LosersOnConnect(
            SessionInfo newcomer, IReadOnlyList<Grant> valid, IReadOnlyList<SessionInfo> kicked) =>
            valid.Where(g => kicked.Any(s => s.Grant == g.Key && s.Slot == g.Slot));
    }

    /// <summary>5: computers as many as one likes, and one other device.</summary>
    private sealed class PcPlusOne : LoginPolicy
    {
        public override IEnumerable<Grant> LosersOnIssue(DeviceSlot slot, IReadOnlyList<Grant> valid)
        {
            var others = valid.Where(g => ClassOf(g.Slot) != DeviceClass.Pc).ToArray();
            if (ClassOf(slot) != DeviceClass.Pc) return others;

            var kept = others.LastOrDefault(g => g.Slot.Value == Platforms.Android) ?? others.LastOrDefault();
            return others.Where(g => g != kept);
        }

        public override IEnumerable<SessionInfo> LosersOnConnect(SessionInfo newcomer, IReadOnlyList<SessionInfo> others) =>
            ClassOf(newcomer.Slot) == DeviceClass.Pc
                ? []
                : others.Where(s => s.Dialect == newcomer.Dialect && ClassOf(s.Slot) != DeviceClass.Pc && s.Grant != newcomer.Grant);

        public override IEnumerable<Grant> LosersOnConnect(
            SessionInfo newcomer, IReadOnlyList<Grant> valid, IReadOnlyList<SessionInfo> kicked) =>
            valid.Where(g => kicked.Any(s => s.Grant == g.Key && s.Slot == g.Slot));
    }

    private static DeviceClass ClassOf(DeviceSlot slot) => Platforms.ClassOf(slot.Value);
}
