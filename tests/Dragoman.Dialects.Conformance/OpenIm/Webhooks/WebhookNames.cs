namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>The events of section 14: the key that switches each on, and the command that it is called by.</summary>
internal static class WebhookNames
{
    public static readonly IReadOnlyDictionary<string, string> Commands = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["beforeSendSingleMsg"] = "callbackBeforeSendSingleMsgCommand",
        ["afterSendSingleMsg"] = "callbackAfterSendSingleMsgCommand",
        ["beforeSendGroupMsg"] = "callbackBeforeSendGroupMsgCommand",
        ["afterSendGroupMsg"] = "callbackAfterSendGroupMsgCommand",
        ["beforeMsgModify"] = "callbackBeforeMsgModifyCommand",
        ["afterMsgSaveDB"] = "callbackAfterMsgSaveDBCommand",
        ["afterRevokeMsg"] = "callbackBeforeAfterMsgCommand",
        ["afterSingleMsgRead"] = "callbackAfterSingleMsgReadCommand",
        ["afterGroupMsgRead"] = "callbackAfterGroupMsgReadCommand",
        ["beforeOnlinePush"] = "callbackBeforeOnlinePushCommand",
        ["beforeGroupOnlinePush"] = "callbackBeforeGroupOnlinePushCommand",
    };

    public static IEnumerable<string> Keys => Commands.Keys;
}
