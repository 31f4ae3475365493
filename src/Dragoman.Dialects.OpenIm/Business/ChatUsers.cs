using System.Globalization;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Business;

/// <summary>Accounts in the words of the business server.</summary>
internal static class ChatUsers
{
    /// <summary>An account's name as it was spelt; the engine keeps it folded.</summary>
    public const string AccountTrait = "openim.account";

    public const string AllowBeepTrait = "openim.allowBeep";
    public const string AllowVibrationTrait = "openim.allowVibration";
    public const string RegisterTypeTrait = "openim.registerType";

    public const int Allowed = 1;
    public const int NotAllowed = 2;

    /// <param name="hidesContacts">As if there were no phone, email and birthday.</param>
    public static userFullInfo FullOf(Account account, bool hidesContacts)
    {
        var (areaCode, phoneNumber) = Contacts.Split(hidesContacts ? "" : Field(account, ProfileKeys.Phone));
        return new()
        {
            UserID = account.Id.Value,
            Account = Trait(account, AccountTrait),
            AreaCode = areaCode,
            PhoneNumber = phoneNumber,
            Email = hidesContacts ? "" : Field(account, ProfileKeys.Mail),
            Nickname = account.Nickname,
            FaceURL = account.Avatar,
            Gender = GenderOf(account),
            Level = LevelOf(account),
            Birth = hidesContacts ? 0 : Number(Field(account, ProfileKeys.Birthday)),
            AllowAddFriend = account.Adding == AddMode.Nobody ? NotAllowed : Allowed,
            AllowBeep = account.Traits.ContainsKey(AllowBeepTrait) ? NotAllowed : Allowed,
            AllowVibration = account.Traits.ContainsKey(AllowVibrationTrait) ? NotAllowed : Allowed,
            GlobalRecvMsgOpt = UserInfos.OptionOf(account.Receive),
            RegisterType = (int)Number(Trait(account, RegisterTypeTrait)),
        };
    }

    /// <summary>As the caller may see the account: all of it himself, an administrator, and where nothing is hidden.</summary>
    public static userFullInfo FullOf(Account account, Caller caller, BusinessSettings settings) =>
        FullOf(account, settings.HideContacts && !caller.MayActFor(account.Id));

    public static userPublicInfo PublicOf(Account account) => new()
    {
        UserID = account.Id.Value,
        Account = Trait(account, AccountTrait),
        Nickname = account.Nickname,
        FaceURL = account.Avatar,
        Gender = GenderOf(account),
        Level = LevelOf(account),
    };

    public static int GenderOf(Account account) => (int)Number(Field(account, ProfileKeys.Gender));

    /// <summary>What a profile keeps of a number; nothing of 0.</summary>
    public static string Text(long number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);

    private static int LevelOf(Account account) => (int)Math.Clamp(Number(Field(account, ProfileKeys.Level)), int.MinValue, int.MaxValue);

    private static string Field(Account account, string key) => account.Profile.GetValueOrDefault(key, "");

    private static string Trait(Account account, string key) => account.Traits.GetValueOrDefault(key, "");

    private static long Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
