using System.Text.Json;
using System.Text.Json.Serialization;
using Dragoman.Dialects.OpenIm.Business;
using Dragoman.Dialects.OpenIm.Webhooks;

namespace Dragoman.Dialects.OpenIm.Apps;

/// <summary>The section <c>openIm</c> of an app: its credentials.</summary>
/// <remarks>
/// <c>set</c> and not <c>init</c>, here and below: the generated reader gives an <c>init</c> property that the JSON leaves out
/// the default of its type instead of its initializer.
/// </remarks>
internal sealed record OpenImAppOptions
{
    /// <summary>Signs the tokens; also what <c>/auth/get_admin_token</c> asks for.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The accounts that may do everything; they exist from the start.</summary>
    public string[] AdminUserIds { get; set; } = ["imAdmin"];
}

/// <summary>The section <c>settings.openIm</c> of an app: the switches of the vendor's own configuration files.</summary>
internal sealed record OpenImSettings
{
    public MultiLoginSettings MultiLogin { get; set; } = new();
    public TokenPolicySettings TokenPolicy { get; set; } = new();
    public WebhookSettings Webhooks { get; set; } = new();
    public ObjectSettings Object { get; set; } = new();
    public RateLimitSettings RateLimit { get; set; } = new();

    /// <summary>Null does without the business server.</summary>
    public BusinessSettings? Business { get; set; }

    /// <summary>Only a receiver's friends may write to him; others get 1303.</summary>
    public bool FriendVerify { get; set; }

    /// <summary>Whether who reads a single chat may say so; otherwise 1401.</summary>
    public bool SingleMessageHasReadReceiptEnable { get; set; } = true;

    /// <summary>The same for groups.</summary>
    public bool GroupMessageHasReadReceiptEnable { get; set; } = true;

    /// <summary>When the right to send ends, Unix milliseconds: every send then answers 1405. 0 is never.</summary>
    public long AuthorizationExpireTime { get; set; }

    /// <summary>Long connections of this app on this node.</summary>
    public int WebsocketMaxConnNum { get; set; } = 100_000;

    /// <summary>Whether who joins a group that is founded from now on reads what was said there before.</summary>
    public bool EnableHistoryForNewMembers { get; set; } = true;
}

/// <param name="Policy">0, 1, 4 or 5, section 3.5.</param>
/// <param name="MaxNumOneEnd">Valid tokens of a user on one platform, for policy 0.</param>
internal sealed record MultiLoginSettings(int Policy = 1, int MaxNumOneEnd = 30);

/// <param name="Expire">Days that a token is valid.</param>
internal sealed record TokenPolicySettings(int Expire = 90);

/// <summary>Calls a second, as many at once; 0 is without limit. What passes it is answered 429.</summary>
/// <param name="App">HTTP calls to the app, whoever makes them.</param>
/// <param name="User">HTTP calls of one user; administrators are not counted.</param>
/// <param name="Messages">Messages of one user over his long connections; administrators are not counted.</param>
internal sealed record RateLimitSettings(int App = 0, int User = 0, int Messages = 0);

/// <param name="UploadExpireSeconds">How long an upload may take; the server's <c>Files:UploadLife</c> holds too.</param>
/// <param name="MaxFileBytes">Of one file; so does <c>Files:MaxBytes</c>.</param>
/// <param name="MaxAppBytes">Of all files of the app; so does <c>Files:MaxAppBytes</c>.</param>
internal sealed record ObjectSettings(int UploadExpireSeconds = 7 * 24 * 3600, long MaxFileBytes = long.MaxValue, long MaxAppBytes = long.MaxValue);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(OpenImAppOptions))]
[JsonSerializable(typeof(OpenImSettings))]
[JsonSerializable(typeof(WebhookEventSettings))]
internal sealed partial class OpenImOptionsJson : JsonSerializerContext;
