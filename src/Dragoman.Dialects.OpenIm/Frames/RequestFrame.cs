namespace Dragoman.Dialects.OpenIm.Frames;

/// <summary>One request envelope of the long connection, as views into the frame (or the scratch) that it was read from.</summary>
/// <remarks>The strings are UTF-8 as the client sent it; only the JSON form is known to be valid UTF-8.</remarks>
internal readonly ref struct RequestFrame
{
    public int ReqIdentifier { get; init; }

    /// <summary>Normally empty: the connection is authenticated by its handshake.</summary>
    public ReadOnlySpan<byte> Token { get; init; }

    public ReadOnlySpan<byte> SendId { get; init; }

    public ReadOnlySpan<byte> OperationId { get; init; }

    /// <summary>Chosen by the client, unique per connection; the reply repeats it.</summary>
    public ReadOnlySpan<byte> MsgIncr { get; init; }

    /// <summary>The protobuf bytes of the request message.</summary>
    public ReadOnlySpan<byte> Data { get; init; }
}
