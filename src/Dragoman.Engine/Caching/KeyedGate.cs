namespace Dragoman.Engine.Caching;

/// <summary>Lets one operation at a time change the same object (a group, an account's grants). Not on the path of a message.</summary>
/// <remarks>Striped: two objects may share a gate, so an operation never holds two.</remarks>
public sealed class KeyedGate
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 128).Select(_ => new SemaphoreSlim(1, 1))];

    /// <exception cref="TimeoutException">The operation before did not end within the deadline.</exception>
    public async ValueTask<Holder> EnterAsync<TKey>(TKey key, CancellationToken ct)
        where TKey : notnull
    {
        var gate = _gates[(uint)key.GetHashCode() % (uint)_gates.Length];
        if (!await gate.WaitAsync(Deadline, ct)) throw new TimeoutException("An earlier change of the same object has not ended.");
        return new(gate);
    }

    public readonly struct Holder(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
