using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>An acknowledgement that tells the sender how a webhook wrote his message anew.</summary>
internal abstract class ModifiableReceipt : SendReceipt
{
    /// <summary>The message as it was written; null when it is the sender's own.</summary>
    public MsgData? Modified { get; set; }
}
