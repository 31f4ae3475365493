using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Webhooks;

/// <summary>One event of section 14. The derived class is the file that carries the vendor's name for it.</summary>
/// <param name="key">As it is switched on in the settings.</param>
/// <param name="command">As it is called: the last segment of the address, and <c>callbackCommand</c> in the body.</param>
internal abstract class Webhook(string key, string command)
{
    public string Key { get; } = key;
    public string Command { get; } = command;
}

/// <summary>An event about which the app's server is asked before it happens.</summary>
internal abstract class BeforeWebhook(string key, string command) : Webhook(key, command)
{
    public abstract Type ProposalType { get; }

    public abstract bool Applies(WebhookEventSettings settings, Proposal proposal);

    public abstract ValueTask<JsonObject> DescribeAsync(OpenImApp app, Proposal proposal, CancellationToken ct);

    /// <summary>Takes over what the answer changes.</summary>
    /// <returns>Null to go on; else why the answer cannot be used.</returns>
    public abstract OpenImError? Apply(OpenImApp app, Proposal proposal, JsonElement answer);
}

/// <inheritdoc cref="BeforeWebhook"/>
internal abstract class BeforeWebhook<T>(string key, string command) : BeforeWebhook(key, command)
    where T : Proposal
{
    public override Type ProposalType => typeof(T);

    public override bool Applies(WebhookEventSettings settings, Proposal proposal) => Applies(settings, (T)proposal);

    public override ValueTask<JsonObject> DescribeAsync(OpenImApp app, Proposal proposal, CancellationToken ct) =>
        DescribeAsync(app, (T)proposal, ct);

    public override OpenImError? Apply(OpenImApp app, Proposal proposal, JsonElement answer) => Apply(app, (T)proposal, answer);

    /// <summary>Whether this proposal is one to ask about.</summary>
    protected virtual bool Applies(WebhookEventSettings settings, T proposal) => true;

    /// <summary>The body, without the command.</summary>
    protected abstract ValueTask<JsonObject> DescribeAsync(OpenImApp app, T proposal, CancellationToken ct);

    protected virtual OpenImError? Apply(OpenImApp app, T proposal, JsonElement answer) => null;
}

/// <summary>An event of which the app's server is told after it happened.</summary>
internal abstract class AfterWebhook(string key, string command) : Webhook(key, command)
{
    public abstract bool Applies(OpenImApp app, WebhookEventSettings settings, HookEvent happened);

    /// <returns>The body, without the command; null when there is nothing to tell after all.</returns>
    public abstract ValueTask<JsonObject?> DescribeAsync(OpenImApp app, HookEvent happened, CancellationToken ct);

    /// <summary>What is appended to the address, beginning with <c>?</c>.</summary>
    public virtual string Query(HookEvent happened) => "";
}

/// <summary>An after-event that a notice tells of.</summary>
internal abstract class AfterWebhook<T>(string key, string command) : AfterWebhook(key, command)
    where T : Notice
{
    public override bool Applies(OpenImApp app, WebhookEventSettings settings, HookEvent happened) =>
        happened.Notice is T notice && Applies(notice, happened);

    public override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, HookEvent happened, CancellationToken ct) =>
        DescribeAsync(app, (T)happened.Notice!, happened, ct);

    protected virtual bool Applies(T notice, HookEvent happened) => true;

    protected abstract ValueTask<JsonObject?> DescribeAsync(OpenImApp app, T notice, HookEvent happened, CancellationToken ct);
}
