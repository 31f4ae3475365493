using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dragoman.Storage.Sqlite.Native;

/// <summary>Chooses the SQLite library: the system's, which the distribution keeps patched, else the bundled one.</summary>
internal static class SqliteLibrary
{
    private static readonly string[] SystemNames = ["libsqlite3.so.0", "libsqlite3.dylib", "winsqlite3.dll"];

#pragma warning disable CA2255 // A module initializer in a library: the resolver must be there before the first import.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialize()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.Batteries_V2.Init();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (!string.Equals(name, "e_sqlite3", StringComparison.Ordinal)) return 0;
        foreach (var candidate in SystemNames)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle)) return handle;
        }

        return 0;
    }
}
