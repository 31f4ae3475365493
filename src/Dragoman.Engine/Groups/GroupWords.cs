using System.Diagnostics.CodeAnalysis;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Groups;

/// <summary>Screens what a group and its members say of themselves.</summary>
internal static class GroupWords
{
    /// <param name="group">With its words masked, when they have to be.</param>
    /// <returns>Null when it may be written; else WordRejected with the word.</returns>
    public static Refusal? Screen(this WordDesk words, AppId app, ref Group group)
    {
        var (name, introduction, announcement) = (group.Name, group.Introduction, group.Announcement);
        if (words.Screen(app, ref name, ref introduction, ref announcement) is { } rejected) return rejected;

        group = group with { Name = name, Introduction = introduction, Announcement = announcement };
        return null;
    }

    /// <inheritdoc cref="Screen(WordDesk, AppId, ref Group)"/>
    public static Refusal? Screen(this WordDesk words, AppId app, ref GroupChange change)
    {
        var (name, introduction, announcement) = (change.Name, change.Introduction, change.Announcement);
        if (words.Screen(app, ref name, ref introduction, ref announcement) is { } rejected) return rejected;

        change = change with { Name = name, Introduction = introduction, Announcement = announcement };
        return null;
    }

    /// <inheritdoc cref="Screen(WordDesk, AppId, ref Group)"/>
    public static Refusal? Screen(this WordDesk words, AppId app, ref IReadOnlyList<MemberChange> changes)
    {
        var screened = new MemberChange[changes.Count];
        for (var i = 0; i < screened.Length; i++)
        {
            var nickname = changes[i].Nickname;
            if (words.Screen(app, WordPlaces.Groups, ref nickname) is { } rejected) return rejected;
            screened[i] = changes[i] with { Nickname = nickname };
        }

        changes = screened;
        return null;
    }

    private static Refusal? Screen(
        this WordDesk words,
        AppId app,
        [NotNullIfNotNull(nameof(name))] ref string? name,
        [NotNullIfNotNull(nameof(introduction))] ref string? introduction,
        [NotNullIfNotNull(nameof(announcement))] ref string? announcement) =>
        words.Screen(app, WordPlaces.Groups, ref name)
        ?? words.Screen(app, WordPlaces.Groups, ref introduction)
        ?? words.Screen(app, WordPlaces.Groups, ref announcement);
}
