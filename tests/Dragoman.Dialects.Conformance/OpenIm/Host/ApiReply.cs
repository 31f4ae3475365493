using System.Net;
using System.Text.Json;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>An answer of the HTTP API, taken apart.</summary>
internal sealed record ApiReply(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    private readonly Lazy<JsonElement> _root = new(() => JsonDocument.Parse(Text).RootElement);

    public JsonElement Root => _root.Value;
    public int ErrCode => Root.GetProperty("errCode").GetInt32();
    public string ErrMsg => Root.GetProperty("errMsg").GetString()!;
    public string ErrDlt => Root.GetProperty("errDlt").GetString()!;
    public JsonElement Data => Root.GetProperty("data");
    public bool HasData => Root.TryGetProperty("data", out _);

    public static async Task<ApiReply> OfAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
    }

    /// <summary>Status 200, code 0.</summary>
    public ApiReply Succeeded()
    {
        Assert.Equal(HttpStatusCode.OK, Status);
        Assert.Equal("", ErrDlt);
        Assert.Equal("", ErrMsg);
        Assert.Equal(0, ErrCode);
        return this;
    }

    /// <summary>Status 200, the code, and no data.</summary>
    public ApiReply Failed(int code, string? message = null, string? detail = null)
    {
        Assert.Equal(HttpStatusCode.OK, Status);
        Assert.Equal((code, message ?? ErrMsg, detail ?? ErrDlt), (ErrCode, ErrMsg, ErrDlt));
        Assert.False(HasData);
        return this;
    }
}
