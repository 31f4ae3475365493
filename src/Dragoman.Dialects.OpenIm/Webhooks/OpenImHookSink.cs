using System.Collections.Frozen;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine;
using Dragoman.Engine.Hooks;

namespace Dragoman.Dialects.OpenIm.Webhooks;

/// <summary>This dialect's way to ask and tell apps' own servers: which proposal or event is which of the vendor's webhooks.</summary>
internal sealed class OpenImHookSink(OpenImApps apps, WebhookCaller caller, IEnumerable<Webhook> webhooks) : IHookSink
{
    private const int Rejected = 1;

    private readonly FrozenDictionary<Type, BeforeWebhook[]> _before = webhooks.OfType<BeforeWebhook>()
        .GroupBy(w => w.ProposalType)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    private readonly AfterWebhook[] _after = [.. webhooks.OfType<AfterWebhook>()];

    public DialectId Dialect => OpenImId.Dialect;

    public bool HasHooks(AppId app) => apps.Find(app) is { Webhooks.IsEmpty: false };

    public bool Asks(AppId app, Type proposal)
    {
        if (apps.Find(app) is not { } found || !_before.TryGetValue(proposal, out var candidates)) return false;
        foreach (var webhook in candidates)
        {
            if (found.Webhooks.Find(webhook.Key) is not null) return true;
        }

        return false;
    }

    public async ValueTask<Refusal?> AskAsync(Proposal proposal, CancellationToken ct)
    {
        var app = apps.Find(proposal.App)!;
        foreach (var webhook in _before[proposal.GetType()])
        {
            if (app.Webhooks.Find(webhook.Key) is not { } settings || !webhook.Applies(settings, proposal)) continue;
            if (await AskAsync(app, webhook, settings, proposal, ct) is { } refusal) return refusal;
        }

        return null;
    }

    public bool Wants(AppId app, HookEvent happened)
    {
        var found = apps.Find(app)!;
        foreach (var webhook in _after)
        {
            if (found.Webhooks.Find(webhook.Key) is { } settings && webhook.Applies(found, settings, happened)) return true;
        }

        return false;
    }

    public async ValueTask<bool> TellAsync(AppId app, HookEvent happened, CancellationToken ct)
    {
        if (apps.Find(app) is not { } found) return true;

        var heard = true;
        foreach (var webhook in _after)
        {
            if (found.Webhooks.Find(webhook.Key) is not { } settings || !webhook.Applies(found, settings, happened)) continue;
            if (await webhook.DescribeAsync(found, happened, ct) is not { } body) continue;

            var (outcome, _) = await caller.CallAsync(
                found.Webhooks.Url, webhook, webhook.Query(happened), body, happened.Operation, TimeSpan.FromSeconds(settings.Timeout), ct);
            heard &= outcome != CallOutcome.Unreachable;
        }

        return heard;
    }

    private async ValueTask<Refusal?> AskAsync(
        OpenImApp app, BeforeWebhook webhook, WebhookEventSettings settings, Proposal proposal, CancellationToken ct)
    {
        var body = await webhook.DescribeAsync(app, proposal, ct);
        var (outcome, answer) = await caller.CallAsync(
            app.Webhooks.Url, webhook, query: "", body, proposal.Caller.Operation, TimeSpan.FromSeconds(settings.Timeout), ct);
        if (outcome != CallOutcome.Answered)
        {
            if (settings.FailedContinue) return null;
            return new(outcome == CallOutcome.Unreachable ? Condition.HookUnreachable : Condition.HookAnswerInvalid, webhook.Command);
        }

        var given = WebhookAnswer.Of(answer);
        if (given is { ActionCode: 0, NextCode: Rejected }) return new(Condition.RefusedByHook, webhook.Command, Hook: given.Refusal);
        return webhook.Apply(app, proposal, answer) is { } unusable
            ? new(Condition.RefusedByHook, webhook.Command, Hook: new(unusable.Code, unusable.Message, unusable.DetailOrMessage))
            : null;
    }

    /// <summary>What every answer may say.</summary>
    private readonly record struct WebhookAnswer(long ActionCode, long NextCode, HookRefusal Refusal)
    {
        public static WebhookAnswer Of(JsonElement answer)
        {
            var code = WebhookJson.Number(answer, "errCode") ?? 0;
            return new(
                WebhookJson.Number(answer, "actionCode") ?? 0,
                WebhookJson.Number(answer, "nextCode") ?? 0,
                new HookRefusal(
                    code is > 0 and <= int.MaxValue ? (int)code : OpenImErrors.Internal.Code,
                    WebhookJson.Text(answer, "errMsg") ?? "",
                    WebhookJson.Text(answer, "errDlt") ?? ""));
        }
    }
}
