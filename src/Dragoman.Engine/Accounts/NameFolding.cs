using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Dragoman.Engine.Accounts;

/// <summary>Apps in which no two accounts may differ in nothing but case, because one of their dialects does not count it.</summary>
public sealed class NameFolding
{
    private readonly ConcurrentDictionary<AppId, bool> _apps = new();

    public void Use(AppId app) => _apps[app] = true;

    public bool IsUsed(AppId app) => _apps.ContainsKey(app);

    /// <summary>ASCII letters alone: that is what the store folds, too.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Lower case is what is stored.")]
    public static string Fold(string name) => string.Create(name.Length, name, static (folded, name) =>
    {
        for (var i = 0; i < name.Length; i++) folded[i] = char.IsAsciiLetterUpper(name[i]) ? char.ToLowerInvariant(name[i]) : name[i];
    });
}
