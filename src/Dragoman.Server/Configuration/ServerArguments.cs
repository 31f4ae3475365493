namespace Dragoman.Server.Configuration;

/// <summary>The command line in the form that the configuration reads.</summary>
internal static class ServerArguments
{
    private const string Dev = "--dev";

    /// <summary>A bare <c>--dev</c> gets its value, so that it does not swallow the next argument.</summary>
    public static string[] Normalize(string[] args)
    {
        var normal = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var hasValue = i + 1 < args.Length && bool.TryParse(args[i + 1], out _);
            normal.Add(args[i] == Dev && !hasValue ? $"{Dev}=true" : args[i]);
        }

        return [.. normal];
    }

    /// <summary>The keys that were given on the command line.</summary>
    public static IEnumerable<string> Keys(string[] args) =>
        args.Where(a => a.StartsWith("--", StringComparison.Ordinal)).Select(a => a[2..].Split('=')[0]);
}
