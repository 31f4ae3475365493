using Dragoman.Engine.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dragoman.Files.S3;

/// <summary>The bytes of files in an object storage that speaks S3: <c>AddS3Files(options)</c> is the whole feature.</summary>
public static class S3Files
{
    /// <summary>What S3 asks of every part but the last one.</summary>
    public const long SmallestPart = 5 * 1024 * 1024;

    public static IServiceCollection AddS3Files(this IServiceCollection services, S3Options options) =>
        services.AddSingleton<IFileBytes>(s => new S3FileBytes(options, s.GetRequiredService<ILogger<S3Reach>>()));
}
