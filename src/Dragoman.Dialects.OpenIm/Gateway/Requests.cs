namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary>The vendor's request identifiers (section 8.4).</summary>
internal static class Requests
{
    public const int GetNewestSeq = 1001;
    public const int PullMsgBySeqRange = 1002;
    public const int SendMsg = 1003;
    public const int SendSignalMsg = 1004;
    public const int PullMsgBySeqList = 1005;
    public const int GetConvMaxReadSeq = 1006;
    public const int PullConvLastMessage = 1007;
    public const int PushMsg = 2001;
    public const int KickOnline = 2002;
    public const int Logout = 2003;
    public const int SetBackgroundStatus = 2004;
    public const int SubUserOnlineStatus = 2005;
}
