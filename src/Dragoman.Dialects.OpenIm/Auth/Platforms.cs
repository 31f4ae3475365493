using Dragoman.Engine;
using Dragoman.Engine.Sessions;

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

    public static DeviceKind KindOf(int platform) => platform switch
    {
        1 => DeviceKind.Ios,
        2 => DeviceKind.Android,
        3 => DeviceKind.Windows,
        4 => DeviceKind.Mac,
        Web => DeviceKind.Web,
        6 => DeviceKind.MiniProgram,
        7 => DeviceKind.Linux,
        8 or 9 => DeviceKind.Pad,
        Admin => DeviceKind.Console,
        11 => DeviceKind.Harmony,
        _ => DeviceKind.Other,
    };

    /// <summary>Where a session is, as this vendor's clients are told: somebody on another dialect's web page is on the web.</summary>
    public static int Of(in SessionInfo session) => session.Dialect == OpenImId.Dialect ? session.Slot.Value : Of(session.Kind);

    private static int Of(DeviceKind kind) => kind switch
    {
        DeviceKind.Ios => Ios,
        DeviceKind.Android => Android,
        DeviceKind.Windows => 3,
        DeviceKind.Mac => 4,
        DeviceKind.MiniProgram => 6,
        DeviceKind.Linux => 7,
        DeviceKind.Pad => 8,
        DeviceKind.Harmony => 11,
        _ => Web,
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
