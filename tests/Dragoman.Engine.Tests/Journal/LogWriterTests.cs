using System.Text;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dragoman.Engine.Tests.Journal;

public sealed class LogWriterTests : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly GatedStore _store = new();
    private readonly RecordingBus _bus = new();
    private LogWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _writer = new(_store, EmptyMemory.Make(), _bus, new HookDesk([]), new JournalOptions { QueueUnits = 16, BatchUnits = 8 }, NullLogger<LogWriter>.Instance);
        await _writer.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Open();
        await _writer.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_while_a_commit_runs_shares_the_next_one()
    {
        var first = _writer.CommitAsync(Unit("1"));
        await _store.EnteredAsync(Deadline);
        Task<Refusal?>[] later = [_writer.CommitAsync(Unit("2")), _writer.CommitAsync(Unit("3")), _writer.CommitAsync(Unit("4"))];
        _store.Open();

        await Task.WhenAll([first, .. later]).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal([1, 3], _store.BatchSizes);
    }

    [Fact]
    public async Task Nothing_is_published_before_it_is_written_and_all_of_it_in_order()
    {
        var first = _writer.CommitAsync(Unit("1"));
        await _store.EnteredAsync(Deadline);
        var second = _writer.CommitAsync(Unit("2"));
        Assert.Empty(_bus.Entries);
        _store.Open();

        await Task.WhenAll(first, second).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        await _writer.DisposeAsync();
        Assert.Equal([1L, 2L], _bus.Entries.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_batch_that_cannot_be_written_is_refused_and_the_next_one_is_not()
    {
        _store.Open();
        _store.FailNext = true;

        Assert.Equal(Condition.Unavailable, (await _writer.CommitAsync(Unit("1")))?.Condition);
        Assert.Null(await _writer.CommitAsync(Unit("2")));
        await _writer.DisposeAsync();
        Assert.Single(_bus.Entries);
    }

    [Fact]
    public async Task A_send_that_was_refused_can_be_tried_again_with_its_key()
    {
        _store.Open();
        _store.FailNext = true;
        await _writer.CommitAsync(Unit("1", key: "k"));
        var retry = Unit("1", key: "k");

        Assert.Null(await _writer.CommitAsync(retry));
        Assert.Null(retry.RepeatOf);
    }

    [Fact]
    public async Task A_retry_that_overtakes_its_first_try_waits_for_it()
    {
        var blocker = _writer.CommitAsync(Unit("0"));
        await _store.EnteredAsync(Deadline);
        var (first, retry) = (Unit("1", key: "k"), Unit("1", key: "k"));
        Task<Refusal?>[] both = [_writer.CommitAsync(first), _writer.CommitAsync(retry)];
        _store.Open();

        await Task.WhenAll([blocker, .. both]).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(first.Entries[0].Id, retry.RepeatOf?.Id);
        Assert.True(retry.RepeatOf?.IsRepeat);
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_as_overload()
    {
        _ = _writer.CommitAsync(Unit("running"));
        await _store.EnteredAsync(Deadline);
        for (var i = 0; i < 16; i++) _ = _writer.CommitAsync(Unit("waiting"));

        var refused = _writer.CommitAsync(Unit("too much"));

        Assert.Equal(Condition.Overloaded, (await refused)?.Condition);
    }

    [Fact]
    public async Task What_waits_at_the_end_is_written()
    {
        var first = _writer.CommitAsync(Unit("1"));
        await _store.EnteredAsync(Deadline);
        var second = _writer.CommitAsync(Unit("2"));
        var closing = _writer.DisposeAsync();
        _store.Open();

        await closing;
        Assert.Null(await first);
        Assert.Null(await second);
        Assert.Equal(Condition.Unavailable, (await _writer.CommitAsync(Unit("3")))?.Condition);
    }

    private static WriteUnit Unit(string text, string key = "") => new(new Entry
    {
        Conversation = ConversationKey.Direct(TestEngine.App, new UserId("a"), new UserId("b")),
        Sender = new UserId("a"),
        Body = Encoding.UTF8.GetBytes(text),
        ClientKey = Encoding.UTF8.GetBytes(key),
        Audience = new Audience.Users([]),
    });

    /// <summary>Commits only while its gate is open.</summary>
    private sealed class GatedStore : ICommitStore
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _sequence;

        public List<int> BatchSizes { get; } = [];

        public bool FailNext { get; set; }

        public void Open() => _opened.TrySetResult();

        public Task EnteredAsync(TimeSpan deadline) => _entered.Task.WaitAsync(deadline);

        public int WriterCount => 1;

        public ValueTask<bool> WasCommittedAsync(int writer, CancellationToken ct) => new(false);

        public async ValueTask CommitAsync(int writer, IReadOnlyList<WriteUnit> units, CancellationToken ct)
        {
            _entered.TrySetResult();
            await _opened.Task;
            if (FailNext)
            {
                FailNext = false;
                throw new IOException("the disk is full");
            }

            BatchSizes.Add(units.Count);
            foreach (var entry in units.SelectMany(u => u.Entries)) entry.Place(++_sequence, new MessageId(_sequence), 1);
        }

        public ValueTask<JournalMemory> RecallAsync(int count, CancellationToken ct) => new(new JournalMemory(default, []));
    }
}
