using System.Diagnostics.CodeAnalysis;
using Dragoman.Engine;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Http;

/// <summary>What an endpoint answers: a message, or an error.</summary>
internal readonly struct OpenImReply<T>
    where T : class, IMessage
{
    private readonly T? _data;
    private readonly OpenImError? _error;

    private OpenImReply(T? data, OpenImError? error)
    {
        _data = data;
        _error = error;
    }

    public bool TryGet([NotNullWhen(true)] out T? data, [NotNullWhen(false)] out OpenImError? error)
    {
        data = _data;
        error = _error;
        return error is null;
    }

    public static implicit operator OpenImReply<T>(T data) => new(data, error: null);
    public static implicit operator OpenImReply<T>(OpenImError error) => new(data: null, error);
    public static implicit operator OpenImReply<T>(Refusal refusal) => new(data: null, OpenImErrors.Of(refusal));
}
