using System.Runtime.InteropServices;
using Dragoman.Engine.Ports;

namespace Dragoman.Files.Disk;

/// <summary>What the class library leaves out: that a directory itself reaches the disk; and faults in the engine's terms.</summary>
internal static partial class Disk
{
    private const int ReadOnly = 0; // O_RDONLY, the same everywhere

    /// <summary>Waits until the names in a directory are on disk. Does nothing where the system has no such call.</summary>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(directory, ReadOnly);
        if (handle < 0) throw new IOException($"{directory} cannot be flushed: error {Marshal.GetLastPInvokeError()}");
        var result = Sync(handle);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (result != 0) throw new IOException($"{directory} cannot be flushed: error {error}");
    }

    /// <summary>Makes a directory and those above it, each flushed into the one above.</summary>
    /// <param name="root">Up to here.</param>
    public static void MakeDurably(string directory, string root)
    {
        if (Directory.Exists(directory)) return;
        var above = Path.GetDirectoryName(directory)!;
        if (directory.Length > root.Length) MakeDurably(above, root);
        Directory.CreateDirectory(directory);
        if (directory.Length > root.Length) Flush(above);
    }

    /// <summary>Runs something on the disk; its faults become those of a storage.</summary>
    public static T Try<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault(e);
        }
    }

    public static void Try(Action use) => Try(() =>
    {
        use();
        return true;
    });

    public static StorageException Fault(Exception e) => new($"The disk of the files failed: {e.Message}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
