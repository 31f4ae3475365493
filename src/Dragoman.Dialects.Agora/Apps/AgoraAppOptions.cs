using System.Text.Json;
using System.Text.Json.Serialization;
using Dragoman.Dialects.Agora.Services;

namespace Dragoman.Dialects.Agora.Apps;

/// <summary>The section <c>agora</c> of an app: its names and credentials.</summary>
/// <remarks>
/// <c>set</c> and not <c>init</c>, here and below: the generated reader gives an <c>init</c> property that the JSON leaves out
/// the default of its type instead of its initializer.
/// </remarks>
internal sealed record AgoraAppOptions
{
    public string OrgName { get; set; } = "";
    public string AppName { get; set; } = "";
    public string ClientId { get; set; } = "";
    public string ClientSecret { get; set; } = "";

    /// <summary>32 hex digits; empty when the app has no dynamic "007" tokens. So for the certificate.</summary>
    public string AppId { get; set; } = "";

    public string AppCertificate { get; set; } = "";
}

/// <summary>The section <c>settings.agora</c> of an app.</summary>
internal sealed record AgoraSettings
{
    /// <summary>False is a banned app: logins are refused, and so is every call.</summary>
    public bool IsServing { get; set; } = true;

    /// <summary>Anybody may register; otherwise the app's token is needed.</summary>
    public bool OpenRegistration { get; set; }

    /// <summary>Whether a registration must bring a password.</summary>
    public bool RequirePassword { get; set; } = true;

    /// <summary>A dynamic token of an unknown user makes the account.</summary>
    public bool AutoRegister { get; set; }

    /// <summary>Seconds that an issued token is good for when the request does not say; 0 is for ever.</summary>
    public long TokenSeconds { get; set; } = 5_184_000;

    /// <summary>Any login pushes out all others; otherwise only those of its own platform count.</summary>
    public bool SingleDevice { get; set; }

    /// <summary>A device too many is refused instead of taking the oldest one's place.</summary>
    public bool RefuseDevices { get; set; }

    /// <summary>How long a sender may take a message back; an administrator may for ever.</summary>
    public int RecallSeconds { get; set; } = 120;

    /// <summary>Whether only friends may write to each other.</summary>
    public bool FriendsOnly { get; set; }

    /// <summary>Of one user on one platform.</summary>
    public int DevicesPerPlatform { get; set; } = 4;

    /// <summary>East of UTC: the times of day at which users want to be left alone, for which clients name no zone.</summary>
    public int UtcOffsetMinutes { get; set; }

    public ServiceSettings Services { get; set; } = new();
    public FeatureSettings Features { get; set; } = new();
    public FileSettings Files { get; set; } = new();
    /// <summary>How many of a room's newest messages somebody who comes in is shown.</summary>
    public int RoomHistory { get; set; }

    /// <summary>Whether members of rooms may be tagged, and muted by their tags.</summary>
    public bool RoomTags { get; set; }

    public LimitSettings Limits { get; set; } = new();
    public GroupSettings Groups { get; set; } = new();
    public AgoraRateSettings RateLimit { get; set; } = new();
}

/// <summary>What the vendor switches on for each app by itself.</summary>
/// <param name="Presence">Who is online, told to who subscribed to it.</param>
/// <param name="UserMetadata">Attributes of users.</param>
/// <param name="Edit">Messages may be edited.</param>
/// <param name="Reactions">Messages may be reacted to.</param>
/// <param name="PinnedMessages">Messages may be pinned in their conversations.</param>
/// <param name="Threads">Threads under messages of groups.</param>
internal sealed record FeatureSettings(
    bool Presence = true, bool UserMetadata = true, bool Edit = true, bool Reactions = true, bool PinnedMessages = true, bool Threads = true);

/// <summary>0 is without limit.</summary>
/// <param name="Users">Accounts of the app.</param>
/// <param name="DailyUsers">Different users that log in on a day (UTC).</param>
/// <param name="MonthlyUsers">The same for a calendar month.</param>
/// <param name="OnlineUsers">Users with a connection at the same time.</param>
/// <param name="Rooms">Chat rooms of the app.</param>
/// <param name="RoomMembers">That one room may have.</param>
/// <param name="MessageBytes">Of a message's body and extension.</param>
/// <param name="Contacts">Of a user: 100, 300 or 3000 by the vendor's plans.</param>
/// <param name="Blocks">Users whom one may block.</param>
/// <param name="Edits">How often a message may be edited.</param>
/// <param name="Reactions">Different reactions to one message.</param>
/// <param name="PinnedMessages">Of one conversation.</param>
internal sealed record LimitSettings(int Users = 0, int DailyUsers = 0, int MonthlyUsers = 0, int OnlineUsers = 0, int MessageBytes = 5 * 1024, int Contacts = 3_000, int Blocks = 500,
    int Rooms = 0, int RoomMembers = 10_000, int Edits = 10, int Reactions = 20, int PinnedMessages = 20);

/// <summary>By the vendor's plans; 0 is without limit beyond the server's own.</summary>
/// <param name="Members">Of one group: 100, 300 or 3000.</param>
/// <param name="PerUser">Groups of which a user is a member: 100, 600 or 100000.</param>
/// <param name="PerApp">Groups of the app.</param>
/// <param name="Threads">Of all groups of the app.</param>
/// <param name="ThreadsPerUser">That one user has joined.</param>
/// <param name="FileBytes">Of one file on a group's shelf.</param>
/// <param name="MemberAttributes">False switches them off.</param>
internal sealed record GroupSettings(int Members = 3_000, int PerUser = 0, int PerApp = 0, long FileBytes = 10 * 1024 * 1024, bool MemberAttributes = true,
    int Threads = 100_000, int ThreadsPerUser = 100_000);

/// <param name="Bytes">Of one file that is sent with a message.</param>
/// <param name="Days">How long such a file is kept; 0 is for ever.</param>
internal sealed record FileSettings(long Bytes = 10 * 1024 * 1024, int Days = 7);

/// <summary>A second, as many at once; 0 is without limit.</summary>
/// <param name="Calls">HTTP calls of one route; routes that the vendor counts otherwise keep their proportion to its default of 100.</param>
/// <param name="Registrations">Accounts that come into being.</param>
/// <param name="RoomMessages">In one chat room; what is more is dropped, the unimportant first.</param>
/// <param name="Frames">Frames of one connection.</param>
internal sealed record AgoraRateSettings(int Calls = 100, int Registrations = 100, int Frames = 500, int RoomMessages = 100);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(AgoraAppOptions))]
[JsonSerializable(typeof(AgoraSettings))]
internal sealed partial class AgoraOptionsJson : JsonSerializerContext;
