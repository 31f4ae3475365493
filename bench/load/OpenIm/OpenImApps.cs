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
            ["agora"] = new JsonObject { ["orgName"] = "org", ["appName"] = "demo", ["clientId"] = "load", ["clientSecret"] = secret },
            ["openIm"] = new JsonObject { ["secret"] = secret, ["adminUserIds"] = new JsonArray(admin) },
            ["settings"] = SettingsOf(words),
        }),
    }.ToJsonString();

    /// <summary>Without the limits of rates that a run would meet.</summary>
    private static JsonObject SettingsOf(string? words)
    {
        var settings = new JsonObject
        {
            ["agora"] = new JsonObject { ["rateLimit"] = new JsonObject { ["calls"] = 0, ["frames"] = 0, ["registrations"] = 0, ["roomMessages"] = 0 } },
        };
        if (words is not null) settings["engine"] = new JsonObject { ["words"] = new JsonObject { ["refuse"] = words } };
        return settings;
    }
}
