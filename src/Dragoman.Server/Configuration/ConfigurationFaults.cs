namespace Dragoman.Server.Configuration;

/// <summary>Everything that is wrong with the configuration, collected so that it is told at once.</summary>
internal sealed class ConfigurationFaults
{
    private const int ExitCode = 78; // EX_CONFIG
    private readonly List<(string Key, string Problem)> _faults = [];

    public bool Any => _faults.Count > 0;

    public IReadOnlyList<(string Key, string Problem)> All => _faults;

    public void Add(string key, string problem) => _faults.Add((key, problem));

    /// <summary>Prints them and answers the exit code.</summary>
    public int Report()
    {
        Console.Error.WriteLine("Dragoman does not start, because of its configuration:");
        foreach (var (key, problem) in _faults) Console.Error.WriteLine($"  {key}: {problem}");
        return ExitCode;
    }
}
