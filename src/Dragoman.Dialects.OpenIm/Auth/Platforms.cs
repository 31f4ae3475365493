namespace Dragoman.Dialects.OpenIm.Auth;

/// <summary>The vendor's platform numbers (section 3.4).</summary>
internal static class Platforms
{
    public const int Ios = 1;
    public const int Android = 2;
    public const int Web = 5;
    public const int Admin = 10;

    public static bool IsKnown(int platform) => platform is >= 1 and <= 11;

    /// <summary>The classes of the login policies. The vendor's table knows three; all others count as one more.</summary>
    public static DeviceClass ClassOf(int platform) => platform switch
    {
        1 or 2 => DeviceClass.Mobile,
        3 or 4 or 7 => DeviceClass.Pc,
        8 or 9 => DeviceClass.Pad,
        _ => DeviceClass.Other,
    };

    public static string NameOf(int platform) => platform switch
    {
        1 => "IOS",
        2 => "Android",
        3 => "Windows",
        4 => "OSX",
        5 => "Web",
        6 => "MiniWeb",
        7 => "Linux",
        8 => "APad",
        9 => "IPad",
        10 => "Admin",
        11 => "HarmonyOS",
        _ => "",
    };
}

internal enum DeviceClass
{
    Other,
    Mobile,
    Pc,
    Pad,
}
