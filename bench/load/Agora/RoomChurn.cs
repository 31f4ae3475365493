using System.Diagnostics;
using Dragoman.Load.Drivers;
using Dragoman.Load.Net;

namespace Dragoman.Load.Agora;

/// <summary>People who come into a chat room and leave it again, so many a second, while others measure.</summary>
internal sealed class RoomChurn : ILoadSink, IDisposable
{
    private readonly AgoraDriver _driver;
    private readonly Topology _people;
    private readonly WireLoop _wire;
    private int _ready;

    internal RoomChurn(AgoraDriver driver, Topology people)
    {
        _driver = driver;
        _people = people;
        _wire = new WireLoop(driver, this, people.Users);
    }

    internal long Done { get; private set; }

    internal long Refused { get; private set; }

    internal string? FirstFailure => _wire.FirstFailure;

    Span<byte> ILoadSink.ReplyBuffer => _wire.SendBuffer;

    /// <param name="rate">Steps a second, in or out.</param>
    internal void Run(string room, int rate, TimeSpan duration, CancellationToken ct)
    {
        for (var user = 0; user < _people.Users; user++) _wire.Connect(user);
        while (_ready < _people.Users && _wire.Disconnects == 0) _wire.Poll(100_000_000);
        for (var user = 0; user < _people.Users; user++) _wire.Send(user, _driver.WriteOpening(user, _wire.NextMask(), _wire.SendBuffer));

        var start = Stopwatch.GetTimestamp();
        for (long step = 0; Stopwatch.GetElapsedTime(start) < duration && _wire.Disconnects == 0; ct.ThrowIfCancellationRequested())
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * rate); step < due; step++)
            {
                var (user, isOut) = ((int)(step % _people.Users), step / _people.Users % 2 == 1);
                _wire.Send(user, _driver.WriteRoomStep(room, step, isOut ? 3 : 2, _wire.NextMask(), _wire.SendBuffer));
            }

            _wire.Poll(1_000_000);
        }
    }

    public void Dispose() => _wire.Dispose();

    void ILoadSink.OnAuthenticated(int user) => _ready++;

    void ILoadSink.OnPosition(int user, long sequence)
    {
        // Nothing waits for them.
    }

    void ILoadSink.OnAcknowledged(int user, long counter) => Done++;

    void ILoadSink.OnRefused(int user, long counter, int code) => Refused++;

    void ILoadSink.OnDelivered(int user, int sender, long counter, long timestamp, long sequence)
    {
        // The others count.
    }

    void ILoadSink.OnOther(int user, long sequence)
    {
        // The others count.
    }

    void ILoadSink.OnCorrupt(int user)
    {
        // Messages of another run's length.
    }

    void ILoadSink.Reply(int user, int length) => _wire.Send(user, length);

    uint ILoadSink.NextMask() => _wire.NextMask();
}
