namespace Dragoman.Load.OpenIm;

/// <summary>How the envelope of a frame is written: <c>sdkType=go</c> or <c>sdkType=js</c>.</summary>
internal enum OpenImEncoding
{
    Gob,
    Json,
}

/// <summary>The ReqIdentifier values that this client sends or receives.</summary>
internal static class ReqIdentifiers
{
    internal const int GetMaxSeq = 1001;
    internal const int PullBySeqs = 1002;
    internal const int SendMessage = 1003;
    internal const int Push = 2001;
    internal const int Kicked = 2002;
}

/// <summary>A frame of the server: a reply (MsgIncr echoes the request's) or a push (MsgIncr is empty).</summary>
/// <remarks>The spans point into the frame, or into the scratch memory that the reader was given.</remarks>
internal ref struct Envelope
{
    internal int ReqIdentifier;
    internal ReadOnlySpan<byte> MsgIncr;
    internal int ErrCode;
    internal ReadOnlySpan<byte> ErrMsg;
    internal ReadOnlySpan<byte> Data;
}
