using Dragoman.Load.Drivers;
using Dragoman.Load.Run;

namespace Dragoman.EndToEnd.Load;

/// <summary>The generator against a server whose faults are known: each must be told under its own name, and nothing else.</summary>
public sealed class LoadRunTests
{
    private static readonly LoadOptions s_options = new() { Mode = "pairs", Users = 10, Window = 4, Warmup = 0, Seconds = 1, Drain = 1 };

    private static readonly Topology s_topology = new(5, 2, 2, IsDirect: true);

    [Fact]
    public async Task A_server_without_faults_is_exact()
    {
        var report = await RunAsync(RelayFault.None, s_options);

        Assert.True(report.IsExact);
        Assert.True(report.Drained);
        Assert.Equal(report.Total.Sent, report.Total.Acked);
        Assert.Equal(report.Total.Sent, report.Total.Delivered);
        Assert.Equal(report.Total.Sent, report.Total.Echoed);
        Assert.NotEqual(0, report.Delivery.Milliseconds(0.5));
    }

    [Fact]
    public async Task An_open_loop_sends_what_is_due()
    {
        var report = await RunAsync(RelayFault.None, s_options with { Rate = 500 });

        Assert.True(report.IsExact);
        Assert.Equal(500, report.Total.Sent);
    }

    [Fact]
    public async Task A_dropped_delivery_is_lost_and_leaves_a_gap()
    {
        var report = await RunAsync(RelayFault.Drop, s_options);

        Assert.False(report.IsExact);
        Assert.False(report.Drained);
        Assert.Equal(report.Total.Acked - report.Total.Delivered, report.Lost);
        Assert.NotEqual(0, report.Lost);
        Assert.NotEqual(0, report.OutOfOrder);
        Assert.Equal(0, report.Duplicated);
    }

    [Fact]
    public async Task A_second_delivery_is_duplicated()
    {
        var report = await RunAsync(RelayFault.Duplicate, s_options);

        Assert.False(report.IsExact);
        Assert.Equal(report.Total.Sent / 100, report.Duplicated);
        Assert.Equal((0, 0), (report.Lost, report.OutOfOrder));
    }

    [Fact]
    public async Task An_overtaken_delivery_is_out_of_order()
    {
        // One pair with one sender's worth of window, so that what overtakes is of the same conversation.
        var report = await RunAsync(RelayFault.Reorder, s_options with { Users = 2 }, new Topology(1, 2, 1, IsDirect: true));

        Assert.False(report.IsExact);
        Assert.NotEqual(0, report.OutOfOrder);
        Assert.Equal(0, report.Duplicated);
    }

    [Fact]
    public async Task A_changed_delivery_is_corrupt()
    {
        var report = await RunAsync(RelayFault.Change, s_options);

        Assert.False(report.IsExact);
        Assert.Equal(report.Total.Acked / 100, report.Corrupt);
        Assert.Equal(report.Corrupt, report.Lost);
    }

    [Fact]
    public async Task A_refusal_is_counted_by_its_code()
    {
        var report = await RunAsync(RelayFault.Refuse, s_options);

        Assert.False(report.IsExact);
        Assert.Equal(report.Total.Sent / 100, report.Errors[1302]);
        Assert.Equal((0, 0), (report.Lost, report.Unanswered));
    }

    private static async Task<LoadReport> RunAsync(RelayFault fault, LoadOptions options, Topology? topology = null)
    {
        await using var server = new RelayServer(fault);
        using var driver = new RelayDriver(server.Address);
        using var run = new LoadRun(driver, topology ?? s_topology, options, server: null);
        return await Task.Run(() => run.Execute(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
