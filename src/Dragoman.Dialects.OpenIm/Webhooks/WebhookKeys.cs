namespace Dragoman.Dialects.OpenIm.Webhooks;

/// <summary>The names under which events can be switched on.</summary>
internal sealed class WebhookKeys(IEnumerable<Webhook> webhooks)
{
    public IReadOnlySet<string> All { get; } = webhooks.Select(w => w.Key).ToHashSet(StringComparer.Ordinal);
}
