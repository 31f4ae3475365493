using System.Text.Json.Nodes;
using Dragoman.Dialects.Conformance.Host;

namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>A server whose apps speak OpenIM.</summary>
public class OpenImServer : InProcessServer
{
    private readonly Dictionary<string, OpenImAppClient> _apps = [];

    /// <summary>The default app, under <c>/openim</c>.</summary>
    internal OpenImAppClient Demo => App("demo");

    internal OpenImAppClient App(string name) => _apps[name];

    private protected override JsonObject Define(string name, JsonNode? settings, bool isDefault)
    {
        var app = new OpenImAppClient(this, name, path: isDefault ? "/openim" : $"/openim/{name}");
        _apps[name] = app;
        return new()
        {
            ["name"] = name,
            ["default"] = isDefault,
            ["openIm"] = new JsonObject { ["secret"] = app.Secret, ["adminUserIds"] = new JsonArray([.. OpenImAppClient.Admins.Select(a => (JsonNode)a)]) },
            ["settings"] = new JsonObject { ["openIm"] = settings },
        };
    }
}
