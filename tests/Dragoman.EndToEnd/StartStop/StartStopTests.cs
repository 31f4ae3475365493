using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Dragoman.Load.OpenIm;

namespace Dragoman.EndToEnd.StartStop;

public sealed class StartStopTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan s_refusalDeadline = TimeSpan.FromSeconds(15);

    private readonly ServerUnderTest _server = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_empty_directory_is_served_at_once()
    {
        var first = await _server.StartAsync(Ct);
        await _server.Process.TerminateAsync(TimeSpan.FromSeconds(10));
        var second = await _server.StartAsync(Ct);

        output.WriteLine($"start to ready: {first.TotalMilliseconds:f0} ms on an empty directory, {second.TotalMilliseconds:f0} ms again (budget 2000 ms)");
        Assert.InRange(first, TimeSpan.Zero, ServerUnderTest.ReadyDeadline);
        Assert.InRange(second, TimeSpan.Zero, ServerUnderTest.ReadyDeadline);
    }

    [Fact]
    public async Task SIGTERM_ends_within_five_seconds_with_connections_open()
    {
        await _server.StartAsync(Ct);
        var sockets = await ConnectAsync(count: 20);

        var ended = await _server.Process.TerminateAsync(TimeSpan.FromSeconds(20));

        output.WriteLine($"ended {ended.TotalMilliseconds:f0} ms after SIGTERM");
        Assert.InRange(ended, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(0, _server.Process.ExitCode);
        foreach (var socket in sockets) await AssertEndedAsync(socket);
    }

    [Fact]
    public async Task The_first_start_makes_an_app_and_prints_its_options()
    {
        await _server.StartWithoutAppsAsync(Ct);

        var app = ReadOnlyApp(_server.DataDirectory);
        var secret = app["openIm"]!["secret"]!.GetValue<string>();
        Assert.Equal("demo", app["name"]!.GetValue<string>());
        Assert.True(secret.Length >= 16, $"a secret of {secret.Length} characters can be guessed");
        Assert.Contains("apiAddr", _server.Output, StringComparison.Ordinal);
        Assert.Contains("wsAddr", _server.Output, StringComparison.Ordinal);
        Assert.Contains("/openim", _server.Output, StringComparison.Ordinal);

        using var rest = new OpenImRest(_server.OpenIm);
        await rest.LogInAsync(secret, app["openIm"]!["adminUserIds"]![0]!.GetValue<string>(), Ct);
    }

    [Fact]
    public async Task Two_first_starts_make_different_secrets()
    {
        await using var other = new ServerUnderTest();

        await _server.StartWithoutAppsAsync(Ct);
        await other.StartWithoutAppsAsync(Ct);

        Assert.NotEqual(
            ReadOnlyApp(_server.DataDirectory)["openIm"]!["secret"]!.GetValue<string>(),
            ReadOnlyApp(other.DataDirectory)["openIm"]!["secret"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_second_start_keeps_the_secrets_of_the_first()
    {
        await _server.StartWithoutAppsAsync(Ct);
        var before = ReadOnlyApp(_server.DataDirectory).ToJsonString();

        await _server.StartWithoutAppsAsync(Ct);

        Assert.Equal(before, ReadOnlyApp(_server.DataDirectory).ToJsonString());
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_refuses_to_start()
    {
        await _server.StartAsync(Ct);

        var second = await _server.LaunchAsync(_server.Secret, s_refusalDeadline);

        Assert.NotNull(second);
        Assert.NotEqual(0, second.Value.ExitCode);
        Assert.Contains(_server.DataDirectory, second.Value.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", second.Value.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("openIM123")]
    public async Task An_empty_or_known_secret_refuses_to_start(string secret)
    {
        var ended = await _server.LaunchAsync(secret, s_refusalDeadline);

        Assert.NotNull(ended);
        Assert.NotEqual(0, ended.Value.ExitCode);
        Assert.Contains("secret", ended.Value.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Unhandled exception", ended.Value.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_secret_is_served_in_development()
    {
        await _server.StartAsync(Ct, options: " --dev", secret: "openIM123");

        using var rest = new OpenImRest(_server.OpenIm);
        await rest.LogInAsync("openIM123", ServerUnderTest.Admin, Ct);
    }

    private async Task<List<ClientWebSocket>> ConnectAsync(int count)
    {
        using var rest = new OpenImRest(_server.OpenIm);
        var users = Enumerable.Range(0, count).Select(number => $"u{number}").ToArray();
        await rest.LogInAsync(_server.Secret, ServerUnderTest.Admin, Ct);
        await rest.RegisterAsync(users, Ct);
        var tokens = await rest.GetTokensAsync(users, platform: 5, Ct);

        var sockets = new List<ClientWebSocket>();
        for (var i = 0; i < count; i++)
        {
            var socket = new ClientWebSocket();
            sockets.Add(socket);
            var query = $"?sendID={users[i]}&token={tokens[i]}&platformID=5&operationID=1&isBackground=false&isMsgResp=true";
            await socket.ConnectAsync(new Uri($"ws://{_server.Url.Authority}/openim/ws{query}"), Ct);
            var hello = await socket.ReceiveAsync(new byte[256].AsMemory(), Ct);
            Assert.Equal(WebSocketMessageType.Text, hello.MessageType);
        }

        return sockets;
    }

    /// <summary>The server said goodbye with a close frame, or at least closed the connection.</summary>
    private static async Task AssertEndedAsync(ClientWebSocket socket)
    {
        using (socket)
        {
            try
            {
                var result = await socket.ReceiveAsync(new byte[1024].AsMemory(), Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(5), Ct);
                Assert.Equal(WebSocketMessageType.Close, result.MessageType);
            }
            catch (WebSocketException e)
            {
                Assert.Equal(WebSocketError.ConnectionClosedPrematurely, e.WebSocketErrorCode);
            }
        }
    }

    private static JsonNode ReadOnlyApp(string dataDirectory) =>
        Assert.Single(JsonNode.Parse(File.ReadAllText(Path.Combine(dataDirectory, "apps.json")))!["apps"]!.AsArray())!;
}
