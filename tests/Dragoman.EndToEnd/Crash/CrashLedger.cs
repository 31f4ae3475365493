using System.Diagnostics;
using System.Net.WebSockets;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.Crash;

/// <summary>
/// Acknowledged means on disk: something is killed again and again under load, and everything that was promised must be there. What
/// is killed, and on which storage, the derived classes say.
/// </summary>
public abstract class CrashLedger(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Pairs = 10;
    private const int Groups = 2;
    private const int GroupMembers = 10;
    private const int GroupSenders = 3;
    private const int Platform = 5;

    /// <summary>The seed of the moments at which the server is killed. It is printed; put an old one here to see its run again.</summary>
    private static readonly int s_seed = Environment.TickCount;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    private readonly ServerUnderTest _server = new();
    private readonly Violations _violations = new();
    private readonly List<Conversation> _conversations = [];
    private readonly List<Device> _devices = [];
    private readonly List<Device> _senders = [];

    /// <summary>The server's options besides the usual ones, with a blank before each.</summary>
    protected virtual string Options => "";

    /// <summary>A message may be refused with 500, and is sent again later.</summary>
    protected virtual bool MayRefuse => false;

    internal ServerUnderTest Server => _server;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var device in _devices) await device.CloseAsync();
        await _server.DisposeAsync();
    }

    /// <summary>Kills something again and again while everybody sends, then compares what was promised with what is there.</summary>
    /// <param name="round">Lets the load run for a while, kills, and returns how long it took until all is well again.</param>
    protected async Task RunAsync(int rounds, Func<Random, CancellationToken, Task<TimeSpan>> round)
    {
        var ct = TestContext.Current.CancellationToken;
        var start = Stopwatch.GetTimestamp();
        var random = new Random(s_seed);
        output.WriteLine($"seed {s_seed}");
        await _server.StartAsync(ct, Options);
        await SetUpAsync(ct);
        foreach (var sender in _senders) sender.SetSending(true);

        var ready = new List<TimeSpan>();
        for (var i = 0; i < rounds; i++)
        {
            ready.Add(await round(random, ct));
            _violations.AssertNone();
        }

        await ReconnectAsync(ct);
        await FinishAsync(ct);
        await CheckAsync(ct);
        Report(ready, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>A round that kills the server.</summary>
    protected async Task<TimeSpan> KillServerAsync(Random random, CancellationToken ct)
    {
        await RunLoadAsync(random, ct, _server.Kill);
        await Task.WhenAll(_devices.Select(device => device.ClosedAsync(ct))).WaitAsync(s_deadline, ct);
        return await _server.StartAsync(ct, Options);
    }

    /// <summary>Connects everybody anew; what is open is sent again.</summary>
    protected Task ReconnectAsync(CancellationToken ct) => Task.WhenAll(_devices.Select(async device =>
    {
        await device.CloseAsync();
        await device.ConnectAsync(ct);
    }));

    private async Task SetUpAsync(CancellationToken ct)
    {
        using var rest = new OpenImRest(_server.OpenIm);
        var userIds = Enumerable.Range(0, Pairs * 2 + Groups * GroupMembers).Select(number => $"u{number:d3}").ToArray();
        await rest.LogInAsync(_server.Secret, ServerUnderTest.Admin, ct);
        await rest.RegisterAsync(userIds, ct);
        var tokens = await rest.GetTokensAsync(userIds, Platform, ct);

        for (var pair = 0; pair < Pairs; pair++)
        {
            var first = pair * 2;
            Add(new Conversation($"si_{userIds[first]}_{userIds[first + 1]}", Target: null), first, 2, senders: 2, userIds, tokens);
        }

        for (var group = 0; group < Groups; group++)
        {
            var first = Pairs * 2 + group * GroupMembers;
            await rest.CreateGroupAsync($"g{group}", new ArraySegment<string>(userIds, first, GroupMembers), ct);
            Add(new Conversation($"sg_g{group}", $"g{group}"), first, GroupMembers, GroupSenders, userIds, tokens);
        }
    }

    private void Add(Conversation conversation, int first, int members, int senders, string[] userIds, string[] tokens)
    {
        var address = new UriBuilder(_server.OpenIm) { Scheme = "ws", Path = _server.OpenIm.AbsolutePath + "/ws" }.Uri;
        _conversations.Add(conversation);
        for (var i = first; i < first + members; i++)
        {
            // All four ways of writing frames meet in each conversation.
            var encoding = new DeviceEncoding(i % 2 == 0 ? OpenImEncoding.Gob : OpenImEncoding.Json, Gzip: i / 2 % 2 == 1);
            var device = new Device(address, userIds[i], tokens[i], i, encoding, conversation, _violations) { MayBeRefused = MayRefuse };
            _devices.Add(device);
            if (i < first + senders) _senders.Add(device);
        }
    }

    /// <summary>Connects everybody and kills after a random number of acknowledgements, which may be before all are connected.</summary>
    protected async Task RunLoadAsync(Random random, CancellationToken ct, Action kill)
    {
        var target = _senders.Sum(sender => sender.AcknowledgedCount) + (random.Next(4) == 0 ? random.Next(1, 50) : random.Next(50, 3000));
        var connecting = _devices.Where(device => !device.IsConnected).Select(device => TryConnectAsync(device, ct)).ToArray();
        await Eventually.TrueAsync(
            () => _senders.Sum(sender => sender.AcknowledgedCount) >= target, "the acknowledgements before the kill", s_deadline, ct,
            () => $"{_senders.Sum(sender => sender.AcknowledgedCount)} of {target}; {_devices.Count(device => device.IsConnected)} connected");

        kill();
        await Task.WhenAll(connecting).WaitAsync(s_deadline, ct);
    }

    private async Task TryConnectAsync(Device device, CancellationToken ct)
    {
        try
        {
            await device.ConnectAsync(ct);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // Killed meanwhile. At the end everybody has to come in, and there an error counts.
        }
        catch (Exception e) when (e is InvalidDataException or TimeoutException)
        {
            _violations.Add(e.Message);
        }
    }

    private async Task FinishAsync(CancellationToken ct)
    {
        foreach (var sender in _senders) sender.SetSending(false);
        await Eventually.TrueAsync(
            () => _senders.TrueForAll(sender => sender.IsIdle), "everything is acknowledged at the end", s_deadline, ct,
            () => $"{_senders.Count(sender => !sender.IsIdle)} senders still wait");
        foreach (var device in _devices) await device.SynchroniseAsync(ct);
        _violations.AssertNone();
    }

    private async Task CheckAsync(CancellationToken ct)
    {
        foreach (var conversation in _conversations)
        {
            var timeline = conversation.Members[0].Timeline.ToArray();
            var stored = timeline.ToHashSet();
            Assert.Equal(timeline.Length, stored.Count); // each at most once
            Assert.Empty(conversation.Acknowledged.Keys.Except(stored)); // each acknowledged one
            var foreign = stored.Except(conversation.Sent.Keys).Count();
            Assert.True(foreign <= (conversation.Target is null ? 0 : 1), $"{conversation.Id} has {foreign} messages that nobody sent");

            foreach (var member in conversation.Members)
            {
                Assert.Equal(timeline, member.Timeline.ToArray());
                Assert.Equal(timeline, await member.PullAllAsync(ct));
            }
        }

        _violations.AssertNone();
    }

    private void Report(List<TimeSpan> ready, TimeSpan elapsed)
    {
        ready.Sort();
        output.WriteLine(
            $"{ready.Count} kills in {elapsed.TotalSeconds:f1} s; {_conversations.Sum(c => c.Acknowledged.Count)} acknowledged of "
            + $"{_conversations.Sum(c => c.Sent.Count)} sent, {_devices.Sum(d => d.Resent)} sent again "
            + $"({_devices.Sum(d => d.ResentThoughStored)} of them were stored), {_devices.Sum(d => d.Pulled)} pulled, "
            + $"{_devices.Sum(d => d.Repeated)} pushes repeated");
        output.WriteLine(
            $"kill to ready again: median {ready[ready.Count / 2].TotalMilliseconds:f0} ms, worst {ready[^1].TotalMilliseconds:f0} ms (budget 2000 ms)");
    }
}
