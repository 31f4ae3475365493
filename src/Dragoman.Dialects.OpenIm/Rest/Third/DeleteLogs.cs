using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.Third;

/// <summary><c>POST /third/logs/delete</c>: forgets logs, all or none; the files stay where they are.</summary>
internal sealed class DeleteLogs(DeleteClientLogs delete) : OpenImEndpoint<DeleteLogsReq, Empty>("/third/logs/delete")
{
    private const int MaxLogs = 1_000;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, DeleteLogsReq request, CancellationToken ct)
    {
        if (request.LogIDs.Count > MaxLogs) return OpenImErrors.Args.With($"more than {MaxLogs} logIDs");
        if (call.AdminOnly() is { } denied) return denied;

        var deleted = await delete.RunAsync(call.Caller, request.LogIDs, ct);
        return deleted.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
