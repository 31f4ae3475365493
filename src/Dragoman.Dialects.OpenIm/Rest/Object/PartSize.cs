using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Files;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary><c>POST /object/part_size</c>: how large the parts of a file of this size are.</summary>
internal sealed class PartSize(FileLimits limits) : OpenImEndpoint<PartSizeReq, PartSizeResp>("/object/part_size")
{
    /// <summary>What the vendor's server says of a size that no file has; it has no code for it.</summary>
    public static readonly OpenImError SizeMissing = ObjectNames.Raw("size must be greater than 0");

    protected override ValueTask<OpenImReply<PartSizeResp>> HandleAsync(OpenImCall call, PartSizeReq request, CancellationToken ct)
    {
        if (request.Size <= 0) return Answer(SizeMissing);
        if (request.Size > limits.MaxPart * limits.MaxParts) return Answer(ObjectNames.Raw("size must be less than the maximum allowed limit"));
        return Answer(new PartSizeResp { Size = limits.PartSizeOf(request.Size) });
    }
}
