using System.Text.Json;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;
using Dragoman.Gateway.Connections;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>Why a login is refused: clients tell the reasons apart by these very texts (section 5).</summary>
internal readonly record struct LoginFailure(ErrorCode Code, string Reason);

/// <summary>Lets clients in (command PROVISION).</summary>
internal sealed partial class ProvisionDesk(
    AgoraApps apps, AgoraTokens tokens, UserFinder users, ActiveUsers active, GrantBook grants, SessionRegistry registry, AgoraQueues queues,
    ILogger<ProvisionDesk> logger)
{
    private static readonly LoginFailure Mismatch = new(ErrorCode.Fail, "Sorry, token or password does not match login info");
    private static readonly LoginFailure Broken = new(ErrorCode.Fail, "Sorry, the server has failed");

    /// <returns>The session, registered and answered; null when the client was told why not.</returns>
    public async ValueTask<AgoraSession?> AdmitAsync(AgoraClient client, MSync frame, CancellationToken ct)
    {
        LoginFailure failure;
        try
        {
            var (session, refused) = await TryAsync(client, frame, ct);
            if (session is not null) return session;
            failure = refused;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (StorageAwayException)
        {
            failure = Broken;
        }
        catch (Exception e)
        {
            Log.Failed(logger, e);
            failure = Broken;
        }

        client.Send(Downlink.Provision(new Provision { Status = new Status { ErrorCode = failure.Code, Reason = failure.Reason } }));
        return null;
    }

    private async ValueTask<(AgoraSession? Session, LoginFailure Failure)> TryAsync(AgoraClient client, MSync frame, CancellationToken ct)
    {
        if (Login.Read(frame) is not { } login) return (null, Wrong("the request is malformed"));
        var app = apps.FindByKey(frame.Guid.AppKey);
        if (app is null || (client.Only is { } only && app.Id != only)) return (null, Wrong("the app key is unknown"));
        if (!app.Settings.IsServing) return (null, new(ErrorCode.ImForbidden, "Sorry, the app is not served"));
        if (UserNames.Check(frame.Guid.Name) is not null) return (null, Wrong("the user name is not legal"));

        var (bearer, fault) = await tokens.VerifyAsync(app, login.Token, ct);
        if (bearer is null) return (null, FailureOf(fault));
        if (bearer.IsApp) return (null, new(ErrorCode.Unauthorized, "Sorry, the token of an app is no user's"));

        var found = await users.OfAsync(app, bearer, ct);
        if (!found.TryGet(out var account, out var refusal)) return (null, FailureOf(refusal.Condition));
        if (account.Id != await users.NamedAsync(app, frame.Guid.Name, ct)) return (null, Mismatch);

        var limits = app.Settings.Limits;
        var counted = await active.EnterAsync(app.Id, account.Id, new(limits.DailyUsers, limits.MonthlyUsers, limits.OnlineUsers), ct);
        if (!counted.TryGet(out _, out var full)) return (null, FailureOf(full.Condition));

        var session = new AgoraSession(client, app, bearer with { User = account.Id }, login.Device, queues);
        var admitted = await grants.AdmitSignedAsync(
            app.Id, account.Id, session.Info, bearer.IssuedAt, app.Devices, login.Reason, () => Enter(client, session, bearer), ct);
        return admitted.TryGet(out _, out var refused) ? (session, default) : (null, FailureOf(refused.Condition));
    }

    /// <summary>The answer first: whatever is pushed to the session comes after it.</summary>
    private void Enter(AgoraClient client, AgoraSession session, Bearer bearer)
    {
        client.Connection.ExpiresAt = bearer.ExpiresAt;
        var answer = new Provision { Status = Downlink.Ok, Resource = session.Card.Resource };
        if (bearer.ExpiresAt != long.MaxValue) answer.AuthToken = $$"""{"expires_in":{{bearer.ExpiresAt}}}""";
        client.Send(Downlink.Provision(answer));
        registry.Add(session);
    }

    private static LoginFailure FailureOf(TokenFault fault) => fault switch
    {
        TokenFault.Expired => new(ErrorCode.Fail, "Sorry, token expired"),
        TokenFault.Disabled => FailureOf(Condition.AccountDisabled),
        _ => Mismatch,
    };

    private static LoginFailure FailureOf(Condition condition) => condition switch
    {
        Condition.AccountNotFound => new(ErrorCode.Fail, "Sorry, user not found"),
        Condition.AccountDisabled => new(ErrorCode.Fail, "Sorry, user is deactivated"),
        Condition.AccountQuotaReached => new(ErrorCode.Fail, "Sorry, user register limit"),
        Condition.RegistrationRateExceeded => new(ErrorCode.Fail, "Sorry, user register rate limit"),
        Condition.MonthlyUsersReached => new(ErrorCode.PermissionDenied, "Sorry, the app month live count limit"),
        Condition.DailyUsersReached => new(ErrorCode.PermissionDenied, "Sorry, the app day live count limit"),
        Condition.OnlineUsersReached => new(ErrorCode.PermissionDenied, "Sorry, the app online count limit"),
        Condition.ServiceAccountCannotLogIn => new(ErrorCode.PermissionDenied, "Sorry, nobody logs in as this account"),
        Condition.DeviceLimitReached => new(ErrorCode.TooManyDevices, "Sorry, too many devices"),
        Condition.Unavailable or Condition.Overloaded => Broken,
        _ => Mismatch,
    };

    private static LoginFailure Wrong(string what) => new(ErrorCode.WrongParameter, $"Sorry, {what}");

    /// <summary>What a client says when it logs in.</summary>
    private sealed record Login(DeviceCard Device, string Token, string Reason)
    {
        private const int MaxName = ClientDevice.MaxNameChars;
        private const int MaxReason = 1024;
        private const int MaxToken = 8 * 1024;
        private const string TokenMark = "$t$";

        public static Login? Read(MSync frame)
        {
            if (frame.Guid is null || frame.Guid.AppKey.Length > MaxName) return null;
            Provision provision;
            try
            {
                provision = Provision.Parser.ParseFrom(frame.Payload);
            }
            catch (InvalidProtocolBufferException)
            {
                return null;
            }

            var resource = provision.Resource.Length > 0 ? provision.Resource : frame.Guid.ClientResource;
            if (resource.Length == 0) resource = $"device_{Guid.NewGuid():N}"; // it has to have one: its client takes ours
            var token = TokenOf(frame, provision);
            if (!IsName(resource) || !IsName(provision.DeviceUuid) || !IsName(provision.DeviceName)
                || provision.Reason.Length > MaxReason || token.Length > MaxToken)
            {
                return null;
            }

            var (platform, kind) = PlatformOf(provision, resource);
            return new(new DeviceCard(resource, provision.DeviceUuid, provision.DeviceName, platform, kind), token, provision.Reason);
        }

        private static bool IsName(string text) => text.Length <= MaxName && !text.Any(char.IsControl);

        /// <summary>Every version says it in the frame; the others are where some say it besides.</summary>
        private static string TokenOf(MSync frame, Provision provision)
        {
            var said = frame.Auth.Length > 0 ? frame.Auth : provision.Auth;
            if (said.Length == 0 && provision.AuthToken.Length is > 0 and <= MaxToken) said = Unwrap(provision.AuthToken);
            return said.StartsWith(TokenMark, StringComparison.Ordinal) ? said[TokenMark.Length..] : said;
        }

        private static string Unwrap(string json)
        {
            try
            {
                using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2 });
                return document.RootElement.ValueKind == JsonValueKind.Object
                    && document.RootElement.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString()! : "";
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: half of a surrogate pair, escaped
            {
                return "";
            }
        }

        private static (int Platform, DeviceKind Kind) PlatformOf(Provision provision, string resource) => provision.OsType switch
        {
            Provision.Types.OsType.OsIos when provision.HasOsType => (1, DeviceKind.Ios),
            Provision.Types.OsType.OsAndroid => (2, DeviceKind.Android),
            Provision.Types.OsType.OsLinux => (3, DeviceKind.Linux),
            Provision.Types.OsType.OsOsx => (4, DeviceKind.Mac),
            Provision.Types.OsType.OsWin => (5, DeviceKind.Windows),
            Provision.Types.OsType.OsCustom => (100 + (int)Math.Min(provision.OsCustomValue, 100), DeviceKind.Other),
            _ => (16, resource.StartsWith("webim", StringComparison.Ordinal) ? DeviceKind.Web : DeviceKind.Other),
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A login failed")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
