using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dragoman.Dialects.OpenIm.Webhooks;

/// <summary>The section <c>settings.openIm.webhooks</c> of an app: the vendor's <c>webhooks.yml</c> (section 14).</summary>
internal sealed record WebhookSettings
{
    /// <summary>The app's own server; the command is appended to it.</summary>
    public string Url { get; set; } = "";

    /// <summary>One object per event, under the vendor's name for it: <see cref="WebhookEventSettings"/>.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Events { get; set; } = [];
}

/// <summary>One event of the vendor's <c>webhooks.yml</c>.</summary>
internal sealed record WebhookEventSettings
{
    public bool Enable { get; set; }

    /// <summary>Seconds that the app's server has for its answer.</summary>
    public int Timeout { get; set; } = 5;

    /// <summary>Before-events: whether an app's server that cannot be reached lets everything pass.</summary>
    public bool FailedContinue { get; set; } = true;

    /// <summary>Message events: content types that are not asked or told about.</summary>
    public int[] DeniedTypes { get; set; } = [];

    /// <summary>Message after-events: only messages to these users or groups; empty is all.</summary>
    public string[] AttentionIds { get; set; } = [];
}
