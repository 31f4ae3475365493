using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Push;

namespace Dragoman.Dialects.Agora.Rest.Push;

/// <summary><c>PUT</c> and <c>GET /users/{u}/push/binding</c>: how the user's devices are woken.</summary>
internal sealed class PushBindings(BindPush push) : AgoraEndpoint("GET,PUT", "/users/{u}/push/binding", Access.Owner)
{
    public static readonly AgoraError NoUser = new(400, "RequiredPropertyNotFoundException", "Entity user requires a property named username");

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = call.Http.Request.Method == "PUT"
            ? await BindAsync(push, call, ct)
            : await push.ListAsync(call.Caller, call.UserIn("u"), AgoraId.Dialect, ct);
        if (!found.TryGet(out var bindings, out var refusal)) return refusal.Condition == Condition.AccountNotFound ? NoUser : refusal;
        return new() { Entities = Show(bindings) };
    }

    public static ValueTask<Result<IReadOnlyList<PushBinding>>> BindAsync(BindPush push, AgoraCall call, CancellationToken ct) => push.RunAsync(
        call.Caller,
        call.UserIn("u"),
        AgoraId.Dialect,
        call.Body.Text("device_id") ?? "",
        call.Body.Text("notifier_name") ?? "",
        call.Body.Text("device_token") ?? "",
        ct);

    public static JsonArray Show(IReadOnlyList<PushBinding> bindings) => new([.. bindings.Select(binding => (JsonNode)new JsonObject
    {
        ["device_id"] = binding.Device,
        ["device_token"] = binding.Token,
        ["notifier_name"] = binding.Notifier,
    })]);
}
