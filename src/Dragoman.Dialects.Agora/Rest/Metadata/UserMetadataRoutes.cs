using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.Agora.Rest.Metadata;

/// <summary>A route about the attributes of users, which an app may have switched off.</summary>
internal abstract class MetadataEndpoint(string method, string template, Access access) : AgoraEndpoint(method, template, access)
{
    protected static readonly AgoraError Forbidden = new(403, "FORBIDDEN", "");

    public sealed override ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct) => call.App.Settings.Features.UserMetadata
        ? ServeAsync(call, ct)
        : new(Forbidden.With($"{call.App.Key} user metadata service not allow"));

    protected abstract ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct);
}

/// <summary><c>PUT /metadata/user/{u}</c>: sets attributes and leaves the others as they are.</summary>
internal sealed class SetUserMetadata(UpdateProfile update, AccountDirectory accounts) : MetadataEndpoint("PUT", "/metadata/user/{u}", Access.Owner)
{
    public override bool TakesForms => true;

    public override int MaxBodyBytes => 64 * 1024;

    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct)
    {
        var (user, pairs) = (call.UserIn("u"), call.Form);
        if (pairs.Count == 0) return AgoraErrors.InvalidBody;
        if (await accounts.FindAsync(call.App.Id, user, ct) is not { } before) return AgoraErrors.UserNotFound;
        if (UserMetadata.FindTooLong(pairs) is { } tooLong) return AgoraErrors.IllegalArgument.With($"{tooLong} is too long");

        var after = UserMetadata.Of(before);
        foreach (var (name, value) in pairs) after[name] = value;
        if (UserMetadata.BytesOf(after) > UserMetadata.MaxBytes) return TooMuch;

        var updated = await update.RunAsync(call.Caller, user, UserMetadata.Change(pairs), ct);
        if (!updated.TryGet(out _, out var refusal))
            return refusal.Condition is Condition.ProfileTooLarge or Condition.FieldValueTooLong or Condition.FieldUnknown ? TooMuch : refusal;
        return new() { Data = UserMetadata.Show(await accounts.FindAsync(call.App.Id, user, ct), properties: null) };
    }

    private static AgoraError TooMuch => Forbidden.With($"size of metadata for this single user exceeds the user defined limit, {UserMetadata.MaxBytes}Bytes");
}

/// <summary><c>GET /metadata/user/{u}</c>: nothing for who does not exist.</summary>
internal sealed class GetUserMetadata(AccountDirectory accounts) : MetadataEndpoint("GET", "/metadata/user/{u}", Access.Users)
{
    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct) =>
        new() { Data = UserMetadata.Show(await accounts.FindAsync(call.App.Id, call.UserIn("u"), ct), properties: null) };
}

/// <summary><c>DELETE /metadata/user/{u}</c>: takes all of them away.</summary>
internal sealed class DeleteUserMetadata(UpdateProfile update, AccountDirectory accounts) : MetadataEndpoint("DELETE", "/metadata/user/{u}", Access.Owner)
{
    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct)
    {
        if (await accounts.FindAsync(call.App.Id, call.UserIn("u"), ct) is { } account)
        {
            var cleared = await update.RunAsync(call.Caller, account.Id, UserMetadata.Clearing(account), ct);
            if (!cleared.TryGet(out _, out var refusal)) return refusal;
        }

        return new() { Data = true };
    }
}

/// <summary><c>POST /metadata/user/get</c>: some attributes of some users.</summary>
internal sealed class GetUsersMetadata(AccountDirectory accounts, UserFinder users) : MetadataEndpoint("POST", "/metadata/user/get", Access.Users)
{
    private const int MaxBatch = 100;

    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Texts("targets") is not { } targets) return AgoraErrors.InvalidBody;
        if (targets.Count > MaxBatch) return new AgoraError(400, "BAD_REQUEST", $"exceed allowed batch size {MaxBatch}");

        var properties = call.Body.Texts("properties");
        var data = new JsonObject();
        foreach (var target in targets)
        {
            var user = await users.NamedAsync(call.App, target, ct);
            data[target] = UserMetadata.Show(await accounts.FindAsync(call.App.Id, user, ct), properties is { Count: > 0 } ? properties : null);
        }

        return new() { Data = data };
    }
}

/// <summary><c>GET /metadata/user/capacity</c>: what the attributes of all users come to, as they are stored.</summary>
internal sealed class MetadataCapacity(IAccountStore store) : MetadataEndpoint("GET", "/metadata/user/capacity", Access.App)
{
    protected override async ValueTask<AgoraReply> ServeAsync(AgoraCall call, CancellationToken ct) =>
        new() { Data = await store.ProfileSizeAsync(call.App.Id, ct) };
}
