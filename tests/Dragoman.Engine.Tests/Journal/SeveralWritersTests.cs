using System.Collections.Concurrent;
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

public sealed class SeveralWritersTests : IAsyncLifetime
{
    private const int Writers = 3;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly ScriptedStore _store = new();
    private readonly RecordingBus _bus = new();
    private LogWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new JournalOptions { OutcomeWait = TimeSpan.FromMilliseconds(100) };
        _writer = new(_store, EmptyMemory.Make(), _bus, new HookDesk([]), options, NullLogger<LogWriter>.Instance);
        await _writer.StartAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    [Fact]
    public async Task A_conversation_has_one_writer_and_all_writers_have_some()
    {
        await Task.WhenAll(Enumerable.Range(0, 600).Select(i => _writer.CommitAsync(Unit($"p{i % 60}"))));

        var writersOf = _store.Written.GroupBy(w => w.Entry.Conversation).Select(g => g.Select(w => w.Writer).Distinct().ToArray()).ToArray();
        Assert.All(writersOf, writers => Assert.Single(writers));
        Assert.Equal(Writers, writersOf.Select(w => w[0]).Distinct().Count());
    }

    [Fact]
    public async Task A_writer_that_waits_for_the_disk_stops_no_other()
    {
        var (slow, fast) = PeersOfTwoWriters();
        var gate = _store.Block(KeyOf(slow));
        var blocked = _writer.CommitAsync(Unit(slow));

        Assert.Null(await _writer.CommitAsync(Unit(fast)).WaitAsync(Deadline, TestContext.Current.CancellationToken));
        Assert.False(blocked.IsCompleted);
        gate.SetResult();
        Assert.Null(await blocked);
    }

    [Fact]
    public async Task A_unit_of_several_conversations_keeps_its_place_in_each()
    {
        var (one, other) = PeersOfTwoWriters();
        var gate = _store.Block(KeyOf(one));
        Task<Refusal?>[] commits =
        [
            _writer.CommitAsync(Unit(one)), _writer.CommitAsync(Unit(other)),
            _writer.CommitAsync(new WriteUnit([], Entry(one), Entry(other))),
            _writer.CommitAsync(Unit(one)), _writer.CommitAsync(Unit(other)),
        ];
        Assert.Null(await commits[1].WaitAsync(Deadline, TestContext.Current.CancellationToken));
        Assert.False(commits[4].IsCompleted);
        gate.SetResult();

        Assert.All(await Task.WhenAll(commits).WaitAsync(Deadline, TestContext.Current.CancellationToken), Assert.Null);
        foreach (var peer in new[] { one, other })
            Assert.Equal([1L, 2, 3], _bus.Entries.Where(e => e.Conversation == KeyOf(peer)).Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_retry_on_another_writer_shares_the_fate_of_its_first_try()
    {
        var (one, other) = PeersOfTwoWriters();
        var gate = _store.Block(KeyOf(one));
        var (first, retry) = (Unit(one, key: "k"), Unit(other, key: "k"));
        var firstCommit = _writer.CommitAsync(first);
        await _store.ReachedBlock.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        Task<Refusal?>[] commits = [firstCommit, _writer.CommitAsync(retry)];
        Assert.Null(await _writer.CommitAsync(Unit(other)).WaitAsync(Deadline, TestContext.Current.CancellationToken));
        gate.SetResult();

        Assert.All(await Task.WhenAll(commits), Assert.Null);
        Assert.Equal(first.Entries[0].Id, retry.RepeatOf?.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_became_of_an_interrupted_commit_is_found_out_before_anybody_is_told(bool wasCommitted)
    {
        _store.Interrupt(wasCommitted, unknownFor: 0);

        Assert.Equal(wasCommitted ? null : Condition.Unavailable, (await _writer.CommitAsync(Unit("p", key: "k")))?.Condition);
        var retry = Unit("p", key: "k");
        Assert.Null(await _writer.CommitAsync(retry));
        Assert.Equal(wasCommitted, retry.RepeatOf is not null);
        Assert.Single(_bus.Entries);
    }

    [Fact]
    public async Task Callers_do_not_wait_for_ever_and_what_was_written_is_told_of_once_known()
    {
        _store.Interrupt(wasCommitted: true, unknownFor: int.MaxValue);

        Assert.Equal(Condition.Unavailable, (await _writer.CommitAsync(Unit("p", key: "k")).WaitAsync(Deadline, TestContext.Current.CancellationToken))?.Condition);
        Assert.Equal(Condition.Unavailable, (await _writer.CommitAsync(Unit("p", key: "k")).WaitAsync(Deadline, TestContext.Current.CancellationToken))?.Condition);
        Assert.Equal(Condition.Unavailable, (await _writer.CommitAsync(Unit("p")).WaitAsync(Deadline, TestContext.Current.CancellationToken))?.Condition);
        Assert.Empty(_bus.Entries);

        _store.Know();
        var retry = Unit("p", key: "k");
        while (await _writer.CommitAsync(retry) is not null) retry = Unit("p", key: "k");
        Assert.Equal(1, retry.RepeatOf?.Sequence);
        Assert.Single(_bus.Entries);
    }

    private static (string One, string Other) PeersOfTwoWriters()
    {
        var peers = Enumerable.Range(0, 100).Select(i => $"p{i}").ToArray();
        var one = peers[0];
        return (one, peers.First(p => WriterOf(p) != WriterOf(one)));
    }

    private static uint WriterOf(string peer) => (uint)KeyOf(peer).GetHashCode() % Writers;

    private static ConversationKey KeyOf(string peer) => TestEngine.Direct("a", peer);

    private static WriteUnit Unit(string peer, string key = "") => new(Entry(peer, key));

    private static Entry Entry(string peer, string key = "") => new()
    {
        Conversation = KeyOf(peer),
        Sender = new UserId("a"),
        Body = Encoding.UTF8.GetBytes(peer),
        ClientKey = Encoding.UTF8.GetBytes(key),
        Audience = new Audience.Users([]),
    };

    /// <summary>Writes into memory, stops where it is told to, and loses its connection when it is told to.</summary>
    private sealed class ScriptedStore : ICommitStore
    {
        private readonly ConcurrentDictionary<ConversationKey, long> _ends = new();
        private readonly ConcurrentDictionary<ConversationKey, TaskCompletionSource> _blocked = new();
        private readonly TaskCompletionSource _reachedBlock = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _id;
        private bool _interruptsNext;
        private bool _wasCommitted;
        private volatile int _unknownFor;

        public ConcurrentQueue<(int Writer, Entry Entry)> Written { get; } = [];

        /// <summary>Completes when a commit waits at a block.</summary>
        public Task ReachedBlock => _reachedBlock.Task;

        public int WriterCount => Writers;

        public TaskCompletionSource Block(ConversationKey key) => _blocked[key] = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Interrupt(bool wasCommitted, int unknownFor)
        {
            (_wasCommitted, _unknownFor) = (wasCommitted, unknownFor);
            _interruptsNext = true;
        }

        public void Know() => _unknownFor = 0;

        public async ValueTask CommitAsync(int writer, IReadOnlyList<WriteUnit> units, CancellationToken ct)
        {
            foreach (var entry in units.SelectMany(u => u.Entries))
            {
                if (!_blocked.TryGetValue(entry.Conversation, out var gate)) continue;
                _reachedBlock.TrySetResult();
                await gate.Task;
            }

            var isInterrupted = _interruptsNext;
            _interruptsNext = false;
            if (isInterrupted && !_wasCommitted) throw new CommitUnknownException("cut");
            foreach (var entry in units.SelectMany(u => u.Entries))
            {
                entry.Place(_ends.AddOrUpdate(entry.Conversation, 1, static (_, end) => end + 1), new(Interlocked.Increment(ref _id)), 1);
                Written.Enqueue((writer, entry));
            }

            if (isInterrupted) throw new CommitUnknownException("cut");
        }

        public ValueTask<bool> WasCommittedAsync(int writer, CancellationToken ct) =>
            _unknownFor > 0 ? throw new StorageAwayException("away") : new(_wasCommitted);

        public ValueTask<JournalMemory> RecallAsync(int count, CancellationToken ct) => new(new JournalMemory(default, []));
    }
}
