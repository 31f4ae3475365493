using System.Text.Json.Nodes;

namespace Dragoman.Load.OpenIm;

/// <summary>The apps file of a server that is started for a run or a test.</summary>
internal static class OpenImApps
{
    /// <param name="words">A file of words that the app refuses.</param>
    internal static string Json(string secret, string admin, string? words = null) => new JsonObject
    {
        ["apps"] = new JsonArray(new JsonObject
        {
            ["name"] = "demo",
            ["default"] = true,
            ["openIm"] = new JsonObject { ["secret"] = secret, ["adminUserIds"] = new JsonArray(admin) },
            ["settings"] = words is null
                ? new JsonObject()
                : new JsonObject { ["engine"] = new JsonObject { ["words"] = new JsonObject { ["refuse"] = words } } },
        }),
    }.ToJsonString();
}
