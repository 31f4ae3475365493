using System.Text.Json;
using Dragoman.Gateway.Dialects;

namespace Dragoman.Dialects.OpenIm.Business;

/// <summary>The section <c>settings.openIm.business</c> of an app: the business server of the vendor's demos, which is off without it.</summary>
internal sealed record BusinessSettings
{
    private const string Section = "settings.openIm.business";

    /// <summary>Passes for every verification code. Whoever knows it can take over any account that has a phone or an email.</summary>
    public string SuperCode { get; set; } = "";

    /// <summary>Where codes are posted to, for the app to send them on.</summary>
    public string CodeUrl { get; set; } = "";

    /// <summary>Seconds that a code is valid.</summary>
    public int CodeValidTime { get; set; } = 300;

    /// <summary>Wrong tries at one code.</summary>
    public int CodeMaxTries { get; set; } = 5;

    /// <summary>Seconds between two codes for one phone or email.</summary>
    public int CodeInterval { get; set; } = 60;

    /// <summary>Whether people may register by themselves.</summary>
    public bool AllowRegister { get; set; } = true;

    public bool NeedInvitationCode { get; set; }

    /// <summary>Each holds once.</summary>
    public string[] InvitationCodes { get; set; } = [];

    /// <summary>Days that a chat token is valid.</summary>
    public int TokenExpire { get; set; } = 90;

    /// <summary>Phones, emails and birthdays are shown to oneself and to administrators alone; the vendor shows them to every user.</summary>
    public bool HideContacts { get; set; }

    /// <summary>What the webhook receiver asks for as <c>secret</c>; without one there is no receiver.</summary>
    public string CallbackSecret { get; set; } = "";

    /// <summary>What <c>/applet/find</c> lists, as it stands here.</summary>
    public JsonElement[] Applets { get; set; } = [];

    /// <summary>What <c>/application/latest_version</c> chooses from by <c>platform</c>, oldest first.</summary>
    public JsonElement[] Versions { get; set; } = [];

    public void Validate(bool isDev, ICollection<AppFault> faults)
    {
        if (SuperCode.Length == 0 && CodeUrl.Length == 0 && !isDev)
            faults.Add(new($"{Section}.codeUrl", "is missing, and there is no superCode: nobody could get a verification code"));
        if (CodeUrl.Length > 0 && !IsHttp(CodeUrl)) faults.Add(new($"{Section}.codeUrl", "is no http address"));
        if (CodeValidTime is < 10 or > 86_400) faults.Add(new($"{Section}.codeValidTime", "must be 10 to 86400 seconds"));
        if (CodeMaxTries is < 1 or > 100) faults.Add(new($"{Section}.codeMaxTries", "must be 1 to 100"));
        if (CodeInterval is < 1 or > 86_400) faults.Add(new($"{Section}.codeInterval", "must be 1 to 86400 seconds"));
        if (TokenExpire is < 1 or > 36_500) faults.Add(new($"{Section}.tokenExpire", "must be 1 to 36500 days"));
        if (Array.Exists(Applets, applet => applet.ValueKind != JsonValueKind.Object)) faults.Add(new($"{Section}.applets", "must be objects"));
        if (!Array.TrueForAll(Versions, version => version.ValueKind == JsonValueKind.Object && PlatformOf(version) is not null))
            faults.Add(new($"{Section}.versions", "must be objects with a platform"));
    }

    /// <summary>Of one of the <see cref="Versions"/>; null when it has none.</summary>
    public static string? PlatformOf(JsonElement version) =>
        version.TryGetProperty("platform", out var platform) && platform.ValueKind == JsonValueKind.String ? platform.GetString() : null;

    private static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
