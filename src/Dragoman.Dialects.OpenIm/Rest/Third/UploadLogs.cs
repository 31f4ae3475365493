using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.Third;

/// <summary><c>POST /third/logs/upload</c>: a client notes where it has put its logs.</summary>
internal sealed class UploadLogs(StoreClientLogs store) : OpenImEndpoint<UploadLogsReq, Empty>("/third/logs/upload")
{
    private const int MaxFiles = 100;
    private const int MaxText = 2048;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, UploadLogsReq request, CancellationToken ct)
    {
        if (request.FileURLs.Count > MaxFiles) return OpenImErrors.Args.With($"more than {MaxFiles} files");
        if (Texts(request).Any(t => t.Length > MaxText)) return OpenImErrors.Args.With($"a text is longer than {MaxText} characters");

        var logs = request.FileURLs.Select(file => new ClientLog
        {
            Device = OpenImId.Slot(request.Platform),
            Url = file.URL,
            FileName = file.Filename,
            Framework = request.AppFramework,
            Version = request.Version,
            Extra = request.Ex,
        });
        var stored = await store.RunAsync(call.Caller, [.. logs], ct);
        return stored.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }

    private static IEnumerable<string> Texts(UploadLogsReq request) =>
        request.FileURLs.SelectMany(f => new[] { f.URL, f.Filename }).Concat([request.AppFramework, request.Version, request.Ex]);
}
