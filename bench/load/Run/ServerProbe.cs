using System.Globalization;

namespace Dragoman.Load.Run;

/// <summary>Reads what the server process has used, from /proc.</summary>
internal sealed class ServerProbe(int processId)
{
    /// <summary>USER_HZ, which Linux shows to every program as 100.</summary>
    private const double TicksPerSecond = 100;

    internal int ProcessId { get; } = processId;

    /// <summary>User and system time of all threads.</summary>
    internal TimeSpan CpuTime
    {
        get
        {
            // The second field is the program's name in parentheses and may hold spaces; fields 14 and 15 are the times.
            var stat = File.ReadAllText($"/proc/{ProcessId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            return TimeSpan.FromSeconds(ticks / TicksPerSecond);
        }
    }

    internal double RssMiB => ReadStatus("VmRSS:") / 1024.0;

    internal double PeakRssMiB => ReadStatus("VmHWM:") / 1024.0;

    /// <summary>Looks through shells and launchers: of a process and its descendants the one that holds most memory.</summary>
    internal static ServerProbe Below(int rootProcessId)
    {
        var children = new Dictionary<int, List<int>>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id)) continue;
            if (TryReadParent(id, out var parent)) (children.TryGetValue(parent, out var list) ? list : children[parent] = []).Add(id);
        }

        var best = new ServerProbe(rootProcessId);
        var bestRss = best.RssMiB;
        var open = new Stack<int>([rootProcessId]);
        while (open.TryPop(out var id))
        {
            var probe = new ServerProbe(id);
            if (probe.RssMiB > bestRss) (best, bestRss) = (probe, probe.RssMiB);
            foreach (var child in children.GetValueOrDefault(id, [])) open.Push(child);
        }

        return best;
    }

    private static bool TryReadParent(int id, out int parent)
    {
        parent = 0;
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.TryParse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture, out parent);
        }
        catch (IOException)
        {
            return false; // it has ended meanwhile
        }
    }

    /// <returns>KiB; 0 when the process has ended.</returns>
    private long ReadStatus(string name)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{ProcessId}/status"))
                if (line.StartsWith(name, StringComparison.Ordinal))
                    return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // Told by the 0.
        }

        return 0;
    }
}
