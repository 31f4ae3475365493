using System.Security.Cryptography;
using System.Text;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <param name="IsFull">The client's copy cannot be brought up to date: it reads the list whole.</param>
internal sealed record StreamAnswer(ulong Version, string VersionId, bool IsFull, IReadOnlyList<StreamChange> Changes)
{
    public bool Has(StreamState state) => Changes.Any(c => c.State == state);

    /// <summary>The elements of the list that are in this state now.</summary>
    public IEnumerable<string> Elements(StreamState state) =>
        Changes.Where(c => c.State == state && c.Element != StreamElements.Order).Select(c => c.Element);
}

/// <summary>The vendor's incremental synchronisation (section 11) on the engine's change streams.</summary>
internal sealed class VersionStreams(IStreamStore store)
{
    /// <summary>Changes that one answer expresses; with more the client reads the list whole.</summary>
    private const int MaxChanges = 200;

    /// <summary>24 hex digits, constant for the stream's life and different for every stream.</summary>
    public string IdOf(StreamKey stream)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{store.StorageId}\n{stream.App.Value}\n{(int)stream.Kind}\n{stream.Owner}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, 12));
    }

    /// <summary>The vendor's count of a stream's version: never 0, which means "I have nothing" when a client says it.</summary>
    public static ulong VersionOf(long version) => (ulong)version + 1;

    /// <param name="versionId">What the client says it has; empty and 0 for nothing.</param>
    public async ValueTask<StreamAnswer> ReadAsync(StreamKey stream, string versionId, ulong version, CancellationToken ct)
    {
        var id = IdOf(stream);
        var known = version > 0 && string.Equals(versionId, id, StringComparison.Ordinal) ? (long)(version - 1) : -1;
        var delta = await store.ReadAsync(stream, Math.Max(known, 0), MaxChanges, ct);
        var isFull = known < 0 || known > delta.Version || delta.Changes is null;
        return new(VersionOf(delta.Version), id, isFull, isFull ? [] : delta.Changes!);
    }

    /// <summary>The version alone.</summary>
    public async ValueTask<(ulong Version, string VersionId)> HeadAsync(StreamKey stream, CancellationToken ct)
    {
        var delta = await store.ReadAsync(stream, long.MaxValue, limit: 0, ct);
        return (VersionOf(delta.Version), IdOf(stream));
    }
}
