using System.Diagnostics.CodeAnalysis;

namespace Dragoman.Engine;

/// <summary>A refusal: the condition, and what the caller needs to act on it.</summary>
/// <param name="Subject">The id that the condition is about (the unknown user, the dismissed group), when there is one.</param>
/// <param name="Until">When the refusal ends by itself (a mute), when it does.</param>
/// <param name="Hook">What the app's own server answered, when it was the one that refused.</param>
public sealed record Refusal(Condition Condition, string? Subject = null, DateTimeOffset? Until = null, HookRefusal? Hook = null);

/// <param name="Code">The code that the app's server chose, for its clients.</param>
public sealed record HookRefusal(int Code, string Message, string Detail = "");

/// <summary>A value, or the reason why there is none.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Result(T? value, Refusal? refusal)
    {
        _value = value;
        _refusal = refusal;
    }

    internal static Result<T> OfValue(T value) => new(value, refusal: null);

    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = _value;
        refusal = _refusal;
        return refusal is null;
    }

    public static implicit operator Result<T>(T value) => new(value, refusal: null);
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
    public static implicit operator Result<T>(Condition condition) => new(default, new Refusal(condition));
}

/// <summary>Makes results of values that do not convert by themselves: interfaces.</summary>
public static class Result
{
    public static Result<T> Of<T>(T value) => Result<T>.OfValue(value);
}

/// <summary>The value of an operation that has nothing to say but "done".</summary>
public readonly record struct Done;
