using Dragoman.Engine;
using Dragoman.Engine.Caching;

namespace Dragoman.Dialects.OpenIm.Rest.Msg.Admin;

/// <summary>How the newest sends of the app's server went, by the operation id of the request; forgotten by a restart, as upstream's cache is.</summary>
internal sealed class SendStatuses
{
    public const int Unknown = 0, Sending = 1, Succeeded = 2, Failed = 3;
    private const int Remembered = 100_000;

    private readonly BoundedCache<(AppId, string), int> _statuses = new(Remembered);

    public void Set(AppId app, string operationId, int status) => _statuses.Put((app, operationId), status);

    public int Of(AppId app, string operationId) => _statuses.TryGet((app, operationId), out var status) ? status : Unknown;
}
