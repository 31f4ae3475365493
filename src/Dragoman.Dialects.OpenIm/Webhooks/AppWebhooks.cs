using System.Text.Json;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Gateway.Dialects;

namespace Dragoman.Dialects.OpenIm.Webhooks;

/// <summary>The webhooks that one app has switched on.</summary>
internal sealed class AppWebhooks
{
    private readonly Dictionary<string, WebhookEventSettings> _enabled = new(StringComparer.Ordinal);

    private AppWebhooks(string url) => Url = url;

    public string Url { get; }

    public bool IsEmpty => _enabled.Count == 0;

    /// <returns>The event's settings; null when it is not switched on.</returns>
    public WebhookEventSettings? Find(string key) => _enabled.GetValueOrDefault(key);

    /// <param name="known">The keys of all webhooks that there are.</param>
    /// <param name="faults">Gets what is wrong with the settings, by key.</param>
    public static AppWebhooks Read(WebhookSettings settings, IReadOnlySet<string> known, ICollection<AppFault> faults)
    {
        const string section = "settings.openIm.webhooks";
        var webhooks = new AppWebhooks(settings.Url.TrimEnd('/'));
        foreach (var (key, json) in settings.Events)
        {
            if (!known.Contains(key))
            {
                faults.Add(new($"{section}.{key}", "is no event"));
                continue;
            }

            try
            {
                var read = json.Deserialize(OpenImOptionsJson.Default.WebhookEventSettings) ?? new();
                if (read.Timeout is < 1 or > 60) faults.Add(new($"{section}.{key}.timeout", "must be 1 to 60 seconds"));
                if (read.Enable) webhooks._enabled.Add(key, read);
            }
            catch (JsonException e)
            {
                faults.Add(new($"{section}.{key}", e.Message.Split(" Path:")[0]));
            }
        }

        if (webhooks._enabled.Count > 0 && !IsHttp(settings.Url))
            faults.Add(new($"{section}.url", "is no http address, and events are switched on"));
        return webhooks;
    }

    private static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
