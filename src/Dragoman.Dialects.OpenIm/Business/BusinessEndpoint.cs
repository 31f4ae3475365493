using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Http;
using Google.Protobuf;

namespace Dragoman.Dialects.OpenIm.Business;

/// <summary>Whose call a route of the business server takes.</summary>
internal enum ChatAccess
{
    /// <summary>A user's, or an administrator's.</summary>
    Token,

    /// <summary>Anybody's, who is nobody unless he is an administrator.</summary>
    AdministratorOrNobody,
}

/// <summary>A route of the business server (section 15): there when the app's settings have one, with tokens of its own.</summary>
internal abstract class BusinessEndpoint<TRequest, TReply>(string path, ChatDoor door) : OpenImEndpoint<TRequest, TReply>(path)
    where TRequest : class, IMessage, new()
    where TReply : class, IMessage
{
    /// <summary>Not the IM API's.</summary>
    public sealed override bool NeedsToken => false;

    protected virtual ChatAccess Access => ChatAccess.Token;

    public sealed override bool IsServedBy(OpenImApp app) => app.Settings.Business is not null;

    public sealed override async Task RunAsync(OpenImCall call, CancellationToken ct)
    {
        if (Access == ChatAccess.AdministratorOrNobody)
        {
            await base.RunAsync(await door.FindAdministratorAsync(call, ct) is { } administrator ? call.As(administrator) : call, ct);
            return;
        }

        var (caller, error) = await door.EnterAsync(call, ct);
        if (error is null) await base.RunAsync(call.As(caller), ct);
        else await Envelope.WriteAsync(call.Http, error, ct, StatusOf(error));
    }
}
