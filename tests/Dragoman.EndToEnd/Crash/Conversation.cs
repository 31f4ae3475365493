using System.Collections.Concurrent;
using System.Text;

namespace Dragoman.EndToEnd.Crash;

/// <summary>A conversation of the test and what the server has promised about it.</summary>
/// <param name="Id">As pushes and pulls name it.</param>
/// <param name="Target">What its messages are addressed to: the group, or null when each member writes to the other.</param>
internal sealed record Conversation(string Id, string? Target)
{
    internal byte[] IdBytes { get; } = Encoding.UTF8.GetBytes(Id);

    /// <summary>Members' devices.</summary>
    internal List<Device> Members { get; } = [];

    /// <summary>Every clientMsgID that was ever sent.</summary>
    internal ConcurrentDictionary<string, byte> Sent { get; } = new();

    /// <summary>Those that were sent more than once; the server may repeat the push of such a message.</summary>
    internal ConcurrentDictionary<string, byte> Resent { get; } = new();

    /// <summary>Every clientMsgID that the server acknowledged.</summary>
    internal ConcurrentDictionary<string, byte> Acknowledged { get; } = new();
}

/// <summary>What must never happen, collected instead of thrown, because it is noticed on the connections' own tasks.</summary>
internal sealed class Violations
{
    private readonly ConcurrentQueue<string> _found = new();

    internal void Add(string what)
    {
        if (_found.Count < 50) _found.Enqueue(what);
    }

    internal void AssertNone() => Assert.True(_found.IsEmpty, string.Join('\n', _found));
}
