using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/get_user_client_config</c>: settings that the app's operator hands to clients; there are none yet.</summary>
internal sealed class GetUserClientConfig() : OpenImEndpoint<getUserClientConfigReq, getUserClientConfigResp>("/user/get_user_client_config")
{
    protected override ValueTask<OpenImReply<getUserClientConfigResp>> HandleAsync(
        OpenImCall call, getUserClientConfigReq request, CancellationToken ct) =>
        request.UserID.Length > 0 && call.Access(request.UserID) is { } denied ? Answer(denied) : Answer(new getUserClientConfigResp());
}
