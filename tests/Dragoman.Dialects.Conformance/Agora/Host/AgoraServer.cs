using System.Text.Json.Nodes;
using Dragoman.Dialects.Conformance.Host;
using Xunit;

[assembly: AssemblyFixture(typeof(Dragoman.Dialects.Conformance.Agora.Host.SharedAgoraServer))]

namespace Dragoman.Dialects.Conformance.Agora.Host;

/// <summary>A server whose apps speak Agora Chat.</summary>
public class AgoraServer : InProcessServer
{
    private readonly Dictionary<string, AgoraAppClient> _apps = [];

    internal AgoraAppClient Demo => App("demo");

    internal AgoraAppClient App(string name) => _apps[name];

    private protected override JsonObject Define(string name, JsonNode? settings, bool isDefault)
    {
        var app = new AgoraAppClient(this, name);
        _apps[name] = app;
        return new()
        {
            ["name"] = name,
            ["default"] = isDefault,
            ["agora"] = app.Section,
            ["settings"] = new JsonObject { ["agora"] = settings },
        };
    }
}

/// <summary>One server with the vendor's defaults for all tests that need nothing else; without limits of rates, because they share it.</summary>
public sealed class SharedAgoraServer : AgoraServer
{
    internal override IReadOnlyList<(string Name, string Settings)> AppSettings => [("demo", """{"rateLimit":{"calls":0}}""")];
}
