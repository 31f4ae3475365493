using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Files;
using Dragoman.Gateway.Files;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary><c>POST /object/initiate_form_data</c>: announces a file that comes as a form, from mini programs that can send nothing else.</summary>
internal sealed class InitiateFormData(BeginUpload begin) : OpenImEndpoint<InitiateFormDataReq, InitiateFormDataResp>("/object/initiate_form_data")
{
    private static readonly TimeSpan DefaultLife = TimeSpan.FromMinutes(10);

    protected override async ValueTask<OpenImReply<InitiateFormDataResp>> HandleAsync(OpenImCall call, InitiateFormDataReq request, CancellationToken ct)
    {
        if (request.Name.Length == 0) return OpenImErrors.Args.With("name is empty");
        if (request.Size <= 0) return OpenImErrors.Args.With("size must be greater than 0");
        if (ObjectNames.Check(call, request.Name) is { } badName) return badName;

        var settings = call.App.Settings.Object;
        var begun = await begin.RunAsync(call.Caller, new FileDraft
        {
            Name = request.Name,
            Size = request.Size,
            ContentType = request.ContentType,
            Label = request.Group,
            IsForm = true,
            Life = LifeOf(call, request),
            MaxBytes = settings.MaxFileBytes,
            MaxAppBytes = settings.MaxAppBytes,
        }, ct);
        if (!begun.TryGet(out var result, out var refusal)) return refusal;

        var upload = result.Upload!;
        var reply = new InitiateFormDataResp
        {
            Id = upload.Id.Value,
            Url = FileAddresses.Spell(result.Form, ObjectUrls.BaseOf(call.Http.Request)),
            File = FormReader.FileField,
            Expires = upload.ExpiresAt,
        };
        reply.SuccessCodes.Add(StatusCodes.Status200OK);
        return reply;
    }

    /// <summary>Only administrators choose how long it may take.</summary>
    private static TimeSpan LifeOf(OpenImCall call, InitiateFormDataReq request) =>
        call.Caller.IsAdministrator && request.Millisecond > 0
            ? TimeSpan.FromMilliseconds(Math.Min(request.Millisecond, (long)TimeSpan.FromDays(30).TotalMilliseconds))
            : DefaultLife;
}
