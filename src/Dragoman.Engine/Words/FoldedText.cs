using System.Buffers;

namespace Dragoman.Engine.Words;

/// <summary>A text as it is compared, and behind it nothing but zeros for a while, so that eight characters can be read from every place.</summary>
internal readonly ref struct FoldedText
{
    public const int Padding = 8;

    /// <summary>Characters for which the caller has room on its stack.</summary>
    public const int ShortLength = 256;

    private readonly char[]? _rented;

    /// <param name="room"><see cref="ShortLength"/> characters.</param>
    public FoldedText(ReadOnlySpan<char> text, Span<char> room)
    {
        var length = text.Length + Padding;
        if (length > room.Length) room = _rented = ArrayPool<char>.Shared.Rent(length);
        room = room[..length];
        for (var i = 0; i < text.Length; i++) room[i] = WordFolding.Fold(text[i]);
        room[text.Length..].Clear();
        Text = room;
    }

    /// <summary>With the padding.</summary>
    public ReadOnlySpan<char> Text { get; }

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<char>.Shared.Return(_rented);
    }
}
