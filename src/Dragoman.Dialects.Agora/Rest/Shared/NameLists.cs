using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Rest.Shared;

/// <summary>People whom a call names: in its path, separated by commas, or in its body.</summary>
internal sealed class NameLists(UserFinder users)
{
    /// <summary>People in one call.</summary>
    public const int Most = 60;

    public ValueTask<UserId> OneAsync(AgoraCall call, string name, CancellationToken ct) => users.NamedAsync(call.App, name, ct);

    /// <param name="tooMany">The vendor's words when there are more than <see cref="Most"/>.</param>
    /// <returns>Each of them once; or what is wrong.</returns>
    public ValueTask<(IReadOnlyList<UserId> Users, AgoraError? Invalid)> InPathAsync(AgoraCall call, string place, string tooMany, CancellationToken ct) =>
        ReadAsync(call, call.TextIn(place).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), tooMany, ct);

    /// <inheritdoc cref="InPathAsync"/>
    public ValueTask<(IReadOnlyList<UserId> Users, AgoraError? Invalid)> InBodyAsync(AgoraCall call, string tooMany, CancellationToken ct) =>
        ReadAsync(call, call.Body.Texts("usernames") ?? [], tooMany, ct);

    private async ValueTask<(IReadOnlyList<UserId> Users, AgoraError? Invalid)> ReadAsync(
        AgoraCall call, IReadOnlyList<string> names, string tooMany, CancellationToken ct)
    {
        if (names.Count == 0 || names.Any(string.IsNullOrWhiteSpace)) return ([], AgoraErrors.InvalidParameter.With("usernames must be provided"));
        if (names.Count > Most) return ([], AgoraErrors.InvalidParameter.With(tooMany));

        var found = new List<UserId>(names.Count);
        foreach (var name in names)
        {
            var user = await users.NamedAsync(call.App, name, ct);
            if (!found.Contains(user)) found.Add(user);
        }

        return (found, null);
    }
}
