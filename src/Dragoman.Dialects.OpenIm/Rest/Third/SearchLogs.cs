using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.Third;

/// <summary><c>POST /third/logs/search</c>: the logs that clients have uploaded, newest first; the keyword is part of a user's id.</summary>
internal sealed class SearchLogs(ListClientLogs list, AccountDirectory accounts) : OpenImEndpoint<SearchLogsReq, SearchLogsResp>("/third/logs/search")
{
    private const int MaxPage = 1_000;

    protected override async ValueTask<OpenImReply<SearchLogsResp>> HandleAsync(OpenImCall call, SearchLogsReq request, CancellationToken ct)
    {
        if (call.AdminOnly() is { } denied) return denied;
        if (request.StartTime > request.EndTime) return OpenImErrors.Args.With("startTime>endTime");
        if (Paging.Check(request.Pagination) is { } badPage) return badPage;

        var size = Math.Min(request.Pagination.ShowNumber, MaxPage);
        var skip = (int)Math.Min((request.Pagination.PageNumber - 1L) * size, int.MaxValue);
        var isAlways = request is { StartTime: 0, EndTime: 0 };
        var query = new ClientLogQuery(request.Keyword, request.StartTime, isAlways ? long.MaxValue : request.EndTime, skip, size);
        var listed = await list.RunAsync(call.Caller, query, ct);
        if (!listed.TryGet(out var page, out var refusal)) return refusal;

        var reply = new SearchLogsResp { Total = (uint)page.Total };
        foreach (var log in page.Logs)
        {
            var account = await accounts.FindAsync(call.AppId, log.User, ct);
            reply.LogsInfos.Add(ViewOf(log, account?.Nickname ?? ""));
        }

        return reply;
    }

    private static LogInfo ViewOf(ClientLog log, string nickname) => new()
    {
        UserID = log.User.Value,
        Platform = Platforms.NameOf(log.Device.Value),
        Url = log.Url,
        CreateTime = log.CreatedAt,
        Nickname = nickname,
        LogID = log.Id,
        Filename = log.FileName,
        Ex = log.Extra,
        Version = log.Version,
    };
}
