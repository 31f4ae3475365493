using Dragoman.Load.Drivers;
using Dragoman.Load.Run;

namespace Dragoman.EndToEnd.Load;

/// <summary>What turns events into figures.</summary>
public sealed class BooksTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 123_456_789, 0x1234_5678_9abc)]
    [InlineData(0xffffff, 0xff_ffff_ffff, long.MaxValue)]
    public void A_marker_comes_back(int sender, long counter, long timestamp)
    {
        var text = new byte[Marker.Length];

        Marker.Write(text, sender, counter, timestamp);

        Assert.True(Marker.TryRead(text, out var readSender, out var readCounter, out var readTimestamp));
        Assert.Equal((sender, counter, timestamp), (readSender, readCounter, readTimestamp));
    }

    [Fact]
    public void Other_text_is_no_marker() => Assert.False(Marker.TryRead("D0000g0000000000000000000000000000000"u8, out _, out _, out _));

    [Fact]
    public void Percentiles_are_right_within_two_percent()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 10_000; i++) histogram.Record(i * 1_000L);

        Assert.InRange(histogram.Milliseconds(0.5), 5.0, 5.1);
        Assert.InRange(histogram.Milliseconds(0.99), 9.9, 10.0);
        Assert.Equal(10.0, histogram.MaxMilliseconds);
        Assert.Equal(10.0, histogram.Milliseconds(1));
    }

    [Fact]
    public void Lost_is_every_acknowledged_message_that_an_entitled_connection_misses()
    {
        // One group of three; users 0 and 1 send.
        var ledger = new Ledger(new Topology(1, 3, 2, IsDirect: false));
        ledger.Acknowledge(0, 0);
        foreach (var user in new[] { 0, 1, 2 }) Assert.True(ledger.Receive(user, 0, 0));
        ledger.Acknowledge(1, 5);
        ledger.Receive(2, 1, 5);

        Assert.Equal(2, ledger.CountLost([1, 6, 0]));
        Assert.False(ledger.Receive(2, 1, 5));
    }

    [Fact]
    public void A_message_is_outstanding_until_its_last_event()
    {
        var outstanding = new Outstanding(4);
        for (var counter = 0; counter < 100; counter++) outstanding.Add(counter, events: 2, timestamp: counter + 1);

        outstanding.Finish(7);
        Assert.Equal(8, outstanding.TimestampOf(7));
        Assert.Equal(100, outstanding.Count);

        outstanding.Finish(7);
        outstanding.Finish(7);
        Assert.Equal(0, outstanding.TimestampOf(7));
        Assert.Equal(99, outstanding.Count);
    }

    [Theory]
    [InlineData("pairs --secret s --users 7")]
    [InlineData("pairs")]
    [InlineData("groups --secret s --members 5 --senders 6")]
    [InlineData("pairs --secret s --window")]
    [InlineData("pairs --secret s --bytes 10")]
    [InlineData("flood")]
    public void A_command_line_that_makes_no_sense_is_refused(string line) =>
        Assert.Throws<FormatException>(() => LoadOptions.Parse(line.Split(' ')));
}
