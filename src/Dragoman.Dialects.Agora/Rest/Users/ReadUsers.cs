using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary><c>GET /users/{u}</c>.</summary>
internal sealed class GetUser(AccountDirectory accounts) : AgoraEndpoint("GET", "/users/{u}", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct) =>
        await accounts.FindAsync(call.App.Id, call.UserIn("u"), ct) is { } account
            ? new AgoraReply { Entities = [UserEntity.Of(call.App, account)], Count = 1, Path = "/users" }
            : AgoraErrors.UserNotFound;
}

/// <summary><c>GET /users?limit=&amp;cursor=</c>: accounts in the order of their creation.</summary>
internal sealed class ListUsers(IAccountStore store) : AgoraEndpoint("GET", "/users", Access.App)
{
    private const int Usual = 10;
    private const int Most = 100;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (SkipOf(call.Query("cursor")) is not { } skip) return AgoraErrors.IllegalArgument.With("cursor is invalid");
        var limit = call.Limit(Usual, Most);
        var (total, page) = await store.PageAsync(call.App.Id, new AccountQuery("", "", AccountRole.User), skip, limit, ct);
        return new()
        {
            Entities = [.. page.Select(account => UserEntity.Of(call.App, account))],
            Count = page.Count,
            Cursor = skip + page.Count < total ? CursorAt(skip + page.Count) : null,
        };
    }

    private static string CursorAt(long skip) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(skip.ToString(CultureInfo.InvariantCulture)));

    /// <returns>Null for a cursor that is none of ours.</returns>
    private static long? SkipOf(string? cursor)
    {
        if (cursor is null) return 0;
        try
        {
            Span<byte> text = stackalloc byte[32];
            return cursor.Length <= 32 && Base64Url.TryDecodeFromChars(cursor, text, out var length)
                && long.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var skip) ? skip : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
