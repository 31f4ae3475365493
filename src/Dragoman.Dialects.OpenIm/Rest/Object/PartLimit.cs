using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Files;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary><c>POST /object/part_limit</c>: how files are to be cut into parts.</summary>
internal sealed class PartLimit(FileLimits limits) : OpenImEndpoint<Empty, PartLimitResp>("/object/part_limit")
{
    protected override ValueTask<OpenImReply<PartLimitResp>> HandleAsync(OpenImCall call, Empty request, CancellationToken ct) =>
        Answer(new PartLimitResp { MinPartSize = limits.MinPart, MaxPartSize = limits.MaxPart, MaxNumSize = limits.MaxParts });
}
