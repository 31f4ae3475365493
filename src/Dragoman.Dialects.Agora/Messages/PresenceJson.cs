using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Engine;
using Dragoman.Engine.Presences;

namespace Dragoman.Dialects.Agora.Messages;

/// <summary>How a user appears, in the vendor's words.</summary>
internal static class PresenceJson
{
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>As the HTTP answers have it: numbers are texts.</summary>
    /// <param name="expiresAt">Of a subscription, Unix milliseconds; null leaves it out.</param>
    public static JsonObject InTexts(PresenceView view, long? expiresAt)
    {
        var shown = new JsonObject { ["uid"] = view.User.Value, ["last_time"] = Text(view.SeenAt / 1000) };
        if (expiresAt is { } end) shown["expiry"] = Text(end / 1000);
        shown["ext"] = view.Text;
        shown["status"] = Status(view);
        return shown;
    }

    /// <summary>As the events have it.</summary>
    public static JsonObject InNumbers(PresenceView view, long expiresAt) => new()
    {
        ["uid"] = view.User.Value,
        ["last_time"] = view.SeenAt / 1000,
        ["expiry"] = expiresAt / 1000,
        ["ext"] = view.Text,
        ["status"] = Status(view),
    };

    /// <summary>By device, and by the kind before its first underscore; devices of other dialects have a kind alone.</summary>
    private static JsonObject Status(PresenceView view)
    {
        var status = new JsonObject();
        foreach (var device in view.Devices)
        {
            status[KindOf(device)] = device.State;
            if (device.Name.Length > 0) status[device.Name] = device.State;
        }

        return status;
    }

    private static string KindOf(DevicePresence device)
    {
        if (device.Name.Length > 0) return device.Name.Split('_', 2)[0];
        return device.Kind switch
        {
            DeviceKind.Ios => "ios",
            DeviceKind.Android => "android",
            DeviceKind.Harmony => "harmony",
            DeviceKind.Windows or DeviceKind.Mac or DeviceKind.Linux => "pc",
            DeviceKind.Pad => "pad",
            DeviceKind.Web => "webim",
            DeviceKind.MiniProgram => "miniprogram",
            _ => "other",
        };
    }
}
