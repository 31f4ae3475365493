namespace Dragoman.Server.Configuration;

/// <summary>The data directory, which belongs to one running server at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }
    public string DatabasePath => System.IO.Path.Combine(Path, "dragoman.db");
    public string FilesPath => System.IO.Path.Combine(Path, "files");
    public string DefaultAppsPath => System.IO.Path.Combine(Path, "apps.json");

    /// <returns>Null, and a fault, when the directory cannot be used.</returns>
    public static DataDirectory? TryOpen(string path, ConfigurationFaults faults)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add("data", e.Message);
            return null;
        }

        try
        {
            var held = new FileStream(
                System.IO.Path.Combine(path, "dragoman.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new(path, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add("data", $"{path} is in use by another Dragoman, or cannot be written");
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();
}
