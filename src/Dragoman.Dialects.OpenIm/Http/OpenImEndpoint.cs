using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Gateway.Http;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm.Http;

/// <summary>One route. The derived class is the file that carries the vendor's name for it.</summary>
internal abstract class OpenImEndpoint(string path)
{
    /// <summary>Bytes of a request body.</summary>
    public const int MaxBodyBytes = 10 * 1024 * 1024;

    public string Path { get; } = path;

    /// <summary>False for the two routes that hand out or read tokens.</summary>
    public virtual bool NeedsToken => true;

    /// <summary>False for routes that an app has to switch on.</summary>
    public virtual bool IsServedBy(OpenImApp app) => true;

    public abstract Task RunAsync(OpenImCall call, CancellationToken ct);
}

/// <summary>A route whose request and reply are the vendor's messages, in JSON.</summary>
internal abstract class OpenImEndpoint<TRequest, TReply>(string path) : OpenImEndpoint(path)
    where TRequest : class, IMessage, new()
    where TReply : class, IMessage
{
    protected abstract ValueTask<OpenImReply<TReply>> HandleAsync(OpenImCall call, TRequest request, CancellationToken ct);

    public override async Task RunAsync(OpenImCall call, CancellationToken ct)
    {
        var body = await RequestBody.ReadAsync(call.Http.Request, MaxBodyBytes, ct);
        if (body is null)
        {
            await Envelope.WriteAsync(call.Http, OpenImErrors.Args.With("request body is too large"), ct);
            return;
        }

        var request = new TRequest();
        if (!ProtoJson.TryParse(body, request, out var given, out var error))
        {
            // A body that does not parse: the parser's words where the symbol would stand, and no detail.
            await Envelope.WriteAsync(call.Http, new OpenImError(OpenImErrors.Args.Code, error, Detail: ""), ct);
            return;
        }

        call.Given = given;
        var reply = await HandleAsync(call, request, ct);
        if (reply.TryGet(out var data, out var failure)) await Envelope.WriteAsync(call.Http, data, ct);
        else await Envelope.WriteAsync(call.Http, failure, ct, StatusOf(failure));
    }

    protected static int StatusOf(OpenImError failure) =>
        failure.Code == OpenImErrors.TooManyRequests.Code ? StatusCodes.Status429TooManyRequests : StatusCodes.Status200OK;

    /// <summary>Wraps an answer that needs no waiting.</summary>
    protected static ValueTask<OpenImReply<TReply>> Answer(OpenImReply<TReply> reply) => new(reply);
}
