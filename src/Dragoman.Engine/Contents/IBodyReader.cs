using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Contents;

/// <summary>Knows what the bodies of one dialect mean.</summary>
public interface IBodyReader
{
    DialectId Dialect { get; }

    /// <summary>What a message means; <see cref="Content.Other"/> when its body makes no sense. Does not throw.</summary>
    /// <param name="message">A message of this dialect.</param>
    Content Read(Entry message);
}

/// <summary>The meaning of messages, whoever wrote them.</summary>
public sealed class BodyReaders(IEnumerable<IBodyReader> readers)
{
    private readonly IBodyReader?[] _byDialect = Table(readers);

    public Content Read(Entry message) => _byDialect[message.Origin.Value]?.Read(message) ?? new Content.Other();

    private static IBodyReader?[] Table(IEnumerable<IBodyReader> readers)
    {
        var table = new IBodyReader?[byte.MaxValue + 1];
        foreach (var reader in readers) table[reader.Dialect.Value] = reader;
        return table;
    }
}
