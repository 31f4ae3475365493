using Dragoman.Engine.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Files.Disk;

/// <summary>The bytes of files on a disk of this machine: <c>AddDiskFiles(path)</c> is the whole feature.</summary>
public static class DiskFiles
{
    /// <param name="path">The directory that has them and nothing else; made when it is missing.</param>
    public static IServiceCollection AddDiskFiles(this IServiceCollection services, string path) =>
        services.AddSingleton<IFileBytes>(s => new DiskFileBytes(path, s.GetRequiredService<TimeProvider>()));
}
