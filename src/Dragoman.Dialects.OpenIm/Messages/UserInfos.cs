using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>Accounts in the vendor's words.</summary>
internal static class UserInfos
{
    /// <summary>Where an ordinary account keeps the level that it was registered with, when that is not 0.</summary>
    public const string LevelTrait = "openim.appMangerLevel";

    public static UserInfo Of(Account account) => new()
    {
        UserID = account.Id.Value,
        Nickname = account.Nickname,
        FaceURL = account.Avatar,
        Ex = account.Extra,
        CreateTime = account.CreatedAt,
        AppMangerLevel = LevelOf(account),
        GlobalRecvMsgOpt = OptionOf(account.Receive),
    };

    public static PublicUserInfo PublicOf(Account account) => new()
    {
        UserID = account.Id.Value,
        Nickname = account.Nickname,
        FaceURL = account.Avatar,
        Ex = account.Extra,
    };

    /// <summary>A person of a notice, as the account was then.</summary>
    public static PublicUserInfo PublicOf(PersonFacts person) => new()
    {
        UserID = person.Id.Value,
        Nickname = person.Nickname,
        FaceURL = person.Avatar,
        Ex = person.Extra,
    };

    public static int LevelOf(Account account) =>
        account.Traits.TryGetValue(LevelTrait, out var level) && int.TryParse(level, out var number) ? number : LevelOf(account.Role);

    public static int LevelOf(AccountRole role) => role switch
    {
        AccountRole.Administrator => 2,
        AccountRole.Service => 3,
        _ => 0,
    };

    public static AccountRole RoleOf(int level) => level switch
    {
        >= 3 => AccountRole.Service,
        2 => AccountRole.Administrator,
        _ => AccountRole.User,
    };

    /// <summary>0 receive, 1 do not receive, 2 receive without notification.</summary>
    /// <summary>The vendor has no level between: what wakes for mentions alone is shown as silent.</summary>
    public static int OptionOf(ReceiveOption option) => (int)(option == ReceiveOption.MentionsOnly ? ReceiveOption.Silent : option);

    public static ReceiveOption OptionOf(int option) => (ReceiveOption)option;
}
