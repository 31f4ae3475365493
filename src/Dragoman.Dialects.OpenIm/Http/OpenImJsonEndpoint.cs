using System.Text.Json;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Gateway.Http;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm.Http;

/// <summary>What a route answers that has no message of the vendor's for it: JSON, or an error.</summary>
internal readonly struct JsonReply(OpenImError? error, Action<Utf8JsonWriter>? data)
{
    public OpenImError? Error { get; } = error;
    public Action<Utf8JsonWriter>? Data { get; } = data;

    public static implicit operator JsonReply(OpenImError error) => new(error, data: null);
    public static JsonReply Of(Action<Utf8JsonWriter> data) => new(error: null, data);
    public static JsonReply Empty => new(error: null, data: null);
}

/// <summary>A route that the vendor binds to a struct of its own: plain JSON in both directions.</summary>
/// <remarks>A body that does not parse or lacks something has HTTP status 400 besides the envelope (section 5.1).</remarks>
internal abstract class OpenImJsonEndpoint(string path) : OpenImEndpoint(path)
{
    private const int MaxDepth = 32;

    protected abstract ValueTask<JsonReply> HandleAsync(OpenImCall call, JsonBody body, CancellationToken ct);

    public override async Task RunAsync(OpenImCall call, CancellationToken ct)
    {
        var bytes = await RequestBody.ReadAsync(call.Http.Request, MaxBodyBytes, ct);
        if (bytes is null)
        {
            await Envelope.WriteAsync(call.Http, OpenImErrors.Args.With("request body is too large"), ct);
            return;
        }

        using var json = JsonInput.TryParse(bytes, MaxDepth);
        if (json is null)
        {
            await Envelope.WriteAsync(call.Http, OpenImErrors.Args.With("invalid JSON"), ct, StatusCodes.Status400BadRequest);
            return;
        }

        JsonReply reply;
        try
        {
            reply = json.RootElement.ValueKind == JsonValueKind.Object
                ? await HandleAsync(call, new JsonBody(json.RootElement), ct)
                : OpenImErrors.Args.With("the body is no JSON object");
        }
        catch (BindingException e)
        {
            await Envelope.WriteAsync(call.Http, OpenImErrors.Args.With(e.Message), ct, StatusCodes.Status400BadRequest);
            return;
        }

        if (reply.Error is { } error) await Envelope.WriteAsync(call.Http, error, ct);
        else await Envelope.WriteAsync(call.Http, reply.Data, ct);
    }
}

/// <summary>A member is missing or of another type, in the words of the vendor's validator.</summary>
internal sealed class BindingException(string message) : Exception(message);

/// <summary>Reads a body member by member; names match in any case, null is absent, another type is a fault.</summary>
internal readonly struct JsonBody(JsonElement root)
{
    public JsonElement Root { get; } = root;

    public string Text(string name) => Find(name) is { } value ? value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, "string") : "";

    public long Number(string name) =>
        Find(name) is { } value ? value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Wrong(name, "int") : 0;

    public int Int32(string name) => Number(name) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw Wrong(name, "int32");

    public bool Flag(string name) =>
        Find(name) is { } value ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "bool") : false;

    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "[]string");
        return [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, "[]string"))];
    }

    /// <returns>Null when the member is absent.</returns>
    public JsonBody? Object(string name)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Object ? new JsonBody(value) : throw Wrong(name, "map[string]interface {}");
    }

    /// <summary>The text of a member that has to be there.</summary>
    public string RequiredText(string name) => Text(name) is { Length: > 0 } text ? text : throw Required(name);

    public JsonElement? Find(string name)
    {
        foreach (var member in Root.EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind != JsonValueKind.Null) return member.Value;
        }

        return null;
    }

    public static BindingException Required(string name)
    {
        var field = char.ToUpperInvariant(name[0]) + name[1..];
        return new($"Key: '{field}' Error:Field validation for '{field}' failed on the 'required' tag");
    }

    private static BindingException Wrong(string name, string type) => new($"json: cannot unmarshal {name} into Go value of type {type}");
}
