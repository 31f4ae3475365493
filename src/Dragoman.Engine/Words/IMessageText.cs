namespace Dragoman.Engine.Words;

/// <summary>Knows where in a body of its dialect the words are that people read.</summary>
public interface IMessageText
{
    DialectId Dialect { get; }

    /// <param name="type">As <see cref="Messages.MessageDraft.Type"/>.</param>
    /// <param name="destination">At least as many characters as the body has bytes.</param>
    /// <returns>The characters written; 0 for a body without words.</returns>
    int Read(int type, ReadOnlySpan<byte> body, Span<char> destination);

    /// <summary>The same body with another text where <see cref="Read"/> found one.</summary>
    byte[] Rewrite(int type, ReadOnlyMemory<byte> body, ReadOnlySpan<char> text);
}
