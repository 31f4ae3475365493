using System.Text;

namespace Dragoman.Engine.Groups;

/// <summary>How long the texts of groups and members may be.</summary>
internal static class GroupTexts
{
    /// <returns>Null; or GroupNameTooLong, GroupTextTooLong (with what is too long).</returns>
    public static Refusal? WhyNot(EngineLimits limits, Group group) =>
        Name(limits, group.Name)
        ?? Text(limits, group.Avatar, "avatar")
        ?? Text(limits, group.Introduction, "introduction")
        ?? Text(limits, group.Announcement, "announcement")
        ?? Text(limits, group.Extra, "extra");

    /// <inheritdoc cref="WhyNot(EngineLimits, Group)"/>
    public static Refusal? WhyNot(EngineLimits limits, Member member) =>
        Name(limits, member.Nickname) ?? Text(limits, member.Avatar, "avatar") ?? Text(limits, member.Extra, "extra");

    private static Refusal? Name(EngineLimits limits, string name) =>
        Encoding.UTF8.GetByteCount(name) <= limits.MaxNameBytes ? null : new(Condition.GroupNameTooLong);

    private static Refusal? Text(EngineLimits limits, string text, string what) =>
        Encoding.UTF8.GetByteCount(text) <= limits.MaxGroupTextBytes ? null : new(Condition.GroupTextTooLong, what);
}
