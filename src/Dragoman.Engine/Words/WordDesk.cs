using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Words;

/// <summary>Holds every app's word filter and screens what is about to be written. Costs a lookup for an app that has none.</summary>
public sealed class WordDesk
{
    // Asked by key only, which takes no lock; whether it is empty would take all of them.
    private readonly ConcurrentDictionary<AppId, WordFilter> _filters = new();
    private readonly IMessageText?[] _texts = new IMessageText?[byte.MaxValue + 1];

    public WordDesk(IEnumerable<IMessageText> texts)
    {
        foreach (var text in texts) _texts[text.Dialect.Value] = text;
    }

    /// <summary>In force for whatever is screened from now on.</summary>
    /// <param name="filter">Null takes it away.</param>
    public void Set(AppId app, WordFilter? filter)
    {
        if (filter is null) _filters.TryRemove(app, out _);
        else _filters[app] = filter;
    }

    /// <summary>The words of a message.</summary>
    /// <param name="draft">Its body is rewritten when words of it are masked.</param>
    /// <returns>Null when it may be sent; else WordRejected with the word.</returns>
    public Refusal? Screen(AppId app, ref MessageDraft draft)
    {
        if (!_filters.TryGetValue(app, out var filter) || !filter.Watches(WordPlaces.Messages)) return null;
        if (_texts[draft.Origin.Value] is not { } texts) return null;

        var characters = ArrayPool<char>.Shared.Rent(draft.Body.Length);
        try
        {
            var text = characters.AsSpan(0, texts.Read(draft.Type, draft.Body.Span, characters));
            if (filter.Screen(text, out var isMasked) is { } word) return new(Condition.WordRejected, word);
            if (isMasked) draft = draft with { Body = texts.Rewrite(draft.Type, draft.Body, text) };
            return null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    /// <summary>A name, a remark, an announcement.</summary>
    /// <param name="text">Masked where it has to be; null and empty texts are fine.</param>
    /// <returns>Null when it may be written; else WordRejected with the word.</returns>
    public Refusal? Screen(AppId app, WordPlaces place, [NotNullIfNotNull(nameof(text))] ref string? text)
    {
        if (string.IsNullOrEmpty(text) || !_filters.TryGetValue(app, out var filter) || !filter.Watches(place)) return null;

        var characters = text.ToCharArray();
        if (filter.Screen(characters, out var isMasked) is { } word) return new(Condition.WordRejected, word);
        if (isMasked) text = new string(characters);
        return null;
    }
}
