using System.Diagnostics.CodeAnalysis;

namespace Dragoman.Dialects.Agora.Http;

/// <summary>Finds the route of a path; a fixed word goes before a place for anything.</summary>
internal sealed class RouteTable
{
    private readonly Dictionary<int, Route[]> _byLength;

    public RouteTable(IEnumerable<AgoraEndpoint> endpoints) =>
        _byLength = endpoints.Select(endpoint => new Route(endpoint, Split(endpoint.Template)))
            .GroupBy(route => route.Segments.Length)
            .ToDictionary(group => group.Key, group => group.OrderBy(route => route.Places).ThenBy(route => route.Endpoint.Template, StringComparer.Ordinal).ToArray());

    /// <param name="isKnownPath">Whether another method would have been served.</param>
    public bool TryFind(string method, string path, [NotNullWhen(true)] out AgoraEndpoint? endpoint, out Dictionary<string, string> values, out bool isKnownPath)
    {
        endpoint = null;
        values = [];
        isKnownPath = false;
        var segments = Split(path);
        foreach (var route in _byLength.GetValueOrDefault(segments.Length, []))
        {
            if (!route.Matches(segments)) continue;
            isKnownPath = true;
            if (!route.Endpoint.Methods.Contains(method, StringComparer.OrdinalIgnoreCase)) continue;

            endpoint = route.Endpoint;
            values = route.ValuesOf(segments);
            return true;
        }

        return false;
    }

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private sealed record Route(AgoraEndpoint Endpoint, string[] Segments)
    {
        public int Places { get; } = Segments.Count(IsPlace);

        public bool Matches(string[] path)
        {
            for (var i = 0; i < path.Length; i++)
            {
                if (!IsPlace(Segments[i]) && !string.Equals(Segments[i], path[i], StringComparison.Ordinal)) return false;
            }

            return true;
        }

        public Dictionary<string, string> ValuesOf(string[] path)
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0; i < path.Length; i++)
            {
                if (IsPlace(Segments[i])) values[Segments[i][1..^1]] = path[i];
            }

            return values;
        }

        private static bool IsPlace(string segment) => segment[0] == '{';
    }
}
