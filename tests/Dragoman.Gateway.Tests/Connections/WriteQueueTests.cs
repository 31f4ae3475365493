using Dragoman.Gateway.Connections;

namespace Dragoman.Gateway.Tests.Connections;

public sealed class WriteQueueTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private readonly GatedStream _stream = new();
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task What_waits_leaves_in_order_and_in_one_write()
    {
        var queue = Queue();
        queue.TryAdd("1"u8.ToArray());
        await _stream.EnteredAsync(Deadline);
        queue.TryAdd("2"u8.ToArray());
        queue.TryAdd("3"u8.ToArray());
        queue.TryAdd("4"u8.ToArray(), isLast: true);
        _stream.Open();

        Assert.Null(await _ended.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken));
        Assert.Equal(["1", "234"], _stream.Writes);
        Assert.Equal(WriteQueue.Verdict.Closed, queue.TryAdd("5"u8.ToArray()));
    }

    [Fact]
    public async Task A_frame_past_the_count_that_may_wait_closes_the_queue()
    {
        var queue = Queue(frames: 16);
        queue.TryAdd("first"u8.ToArray());
        await _stream.EnteredAsync(Deadline);
        var verdicts = Enumerable.Range(0, 17).Select(_ => queue.TryAdd("x"u8.ToArray())).ToArray();

        Assert.All(verdicts[..16], v => Assert.Equal(WriteQueue.Verdict.Queued, v));
        Assert.Equal(WriteQueue.Verdict.Full, verdicts[16]);
        Assert.Equal(WriteQueue.Verdict.Closed, queue.TryAdd("x"u8.ToArray()));
    }

    [Fact]
    public async Task Bytes_past_the_bound_close_the_queue()
    {
        var queue = Queue(bytes: 64 * 1024);
        queue.TryAdd("first"u8.ToArray());
        await _stream.EnteredAsync(Deadline);

        Assert.Equal(WriteQueue.Verdict.Queued, queue.TryAdd(new byte[64 * 1024]));
        Assert.Equal(WriteQueue.Verdict.Full, queue.TryAdd(new byte[1]));
    }

    [Fact]
    public async Task A_write_that_fails_ends_the_connection()
    {
        _stream.Fail();
        Queue().TryAdd("x"u8.ToArray());

        Assert.IsType<IOException>(await _ended.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken));
    }

    private WriteQueue Queue(int frames = 100, int bytes = 1_000_000) =>
        new(_stream, new GatewayOptions { QueueFrames = frames, QueueBytes = bytes }, e => _ended.TrySetResult(e));

    /// <summary>Lets writes through only while its gate is open.</summary>
    private sealed class GatedStream : Stream
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Writes { get; } = [];

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException("a stream of writes");
        public override long Position { get => throw new NotSupportedException("a stream of writes"); set => throw new NotSupportedException("a stream of writes"); }

        public void Open() => _opened.TrySetResult();

        public void Fail() => _opened.TrySetException(new IOException("gone"));

        public Task EnteredAsync(TimeSpan deadline) => _entered.Task.WaitAsync(deadline);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _entered.TrySetResult();
            await _opened.Task;
            Writes.Add(System.Text.Encoding.ASCII.GetString(buffer.Span));
        }

        public override void Flush()
        {
            // Nothing is buffered.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("a stream of writes");
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("a stream of writes");
        public override void SetLength(long value) => throw new NotSupportedException("a stream of writes");
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("writes are asynchronous");
    }
}
