using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Dragoman.Gateway.Files;

/// <summary>A file in a form, which is still to be read.</summary>
/// <param name="Name">As the sender calls it; may be empty.</param>
/// <param name="ContentType">As the sender says it; may be empty.</param>
public sealed record FormFile(Stream Body, string Name, string ContentType);

/// <summary>Finds the file in a multipart form without reading it: what stands before it is small and passed over.</summary>
public sealed class FormReader
{
    /// <summary>Bytes that a form may have besides the file.</summary>
    public const int MaxOverhead = 256 * 1024;

    /// <summary>The field that has the file.</summary>
    public const string FileField = "file";

    private const int MaxBoundary = 128;
    private const int MaxFields = 64;
    private const int MaxFieldBytes = 16 * 1024;

    /// <returns>The first field with a file name, or of the field <see cref="FileField"/>; null when the form has none, or is none.</returns>
    public async ValueTask<FormFile?> FindFileAsync(HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data") return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundary) return null;

        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = MaxFieldBytes };
        try
        {
            for (var fields = 0; fields < MaxFields; fields++)
            {
                reader.BodyLengthLimit = null;
                if (await reader.ReadNextSectionAsync(ct) is not { } section) return null;
                if (FileOf(section) is { } file) return file;
                if (!await TryPassAsync(section.Body, ct)) return null;
            }
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            // No form after all.
        }

        return null;
    }

    private static FormFile? FileOf(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) return null;

        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        var isFile = name.HasValue || HeaderUtilities.RemoveQuotes(disposition.Name) == FileField;
        return isFile ? new FormFile(section.Body, name.Value ?? "", section.ContentType ?? "") : null;
    }

    private static async ValueTask<bool> TryPassAsync(Stream field, CancellationToken ct)
    {
        var buffer = new byte[4096];
        var length = 0;
        int read;
        while ((read = await field.ReadAsync(buffer, ct)) > 0)
        {
            length += read;
            if (length > MaxFieldBytes) return false;
        }

        return true;
    }
}
