using System.Text.Json.Nodes;

namespace Dragoman.Load.OpenIm;

/// <summary>The apps file of a server that is started for a run or a test.</summary>
internal static class OpenImApps
{
    internal static string Json(string secret, string admin) => new JsonObject
    {
        ["apps"] = new JsonArray(new JsonObject
        {
            ["name"] = "demo",
            ["default"] = true,
            ["openIm"] = new JsonObject { ["secret"] = secret, ["adminUserIds"] = new JsonArray(admin) },
            ["settings"] = new JsonObject(),
        }),
    }.ToJsonString();
}
