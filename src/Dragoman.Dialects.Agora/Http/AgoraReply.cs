using System.Text.Json.Nodes;

namespace Dragoman.Dialects.Agora.Http;

/// <summary>What a route answers: an error, or the members of the vendor's envelope that it fills.</summary>
internal sealed record AgoraReply
{
    public static readonly AgoraReply Empty = new();

    /// <summary>The endpoint has written its answer itself.</summary>
    public static readonly AgoraReply Written = new() { IsWritten = true };

    public AgoraError? Error { get; init; }

    /// <summary>Instead of the name of the method.</summary>
    public string? Action { get; init; }

    public JsonArray? Entities { get; init; }
    public JsonNode? Data { get; init; }
    public int? Count { get; init; }

    /// <summary>Where the next page begins; null on the last one.</summary>
    public string? Cursor { get; init; }

    /// <summary>Members beside those of the envelope.</summary>
    public JsonObject? Beside { get; init; }

    /// <summary>The path is called so, whatever was asked for.</summary>
    public string? Path { get; init; }

    /// <summary>The whole answer, without an envelope.</summary>
    public JsonNode? Whole { get; init; }

    /// <inheritdoc cref="Written"/>
    public bool IsWritten { get; private init; }

    /// <summary>Of an answer without an envelope.</summary>
    public int Status { get; init; } = 200;

    public static AgoraReply Bare(JsonNode body, int status = 200) => new() { Whole = body, Status = status };

    public static implicit operator AgoraReply(AgoraError error) => new() { Error = error };
    public static implicit operator AgoraReply(Engine.Refusal refusal) => new() { Error = refusal };
}
