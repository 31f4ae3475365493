using System.Net;
using System.Net.Sockets;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Rest.Object;

/// <summary>Files are on an object storage, and nobody answers there.</summary>
public sealed class ObjectStorageAwayTests : IAsyncLifetime
{
    private readonly AwayServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Calls_answer_as_when_the_storage_is_away_and_it_is_logged_once()
    {
        var user = await ObjectUser.NewAsync(_server.Demo);

        (await user.InitiateAsync(ObjectUser.Bytes(10), user.Name("a.png"))).Failed(500);
        (await user.InitiateAsync(ObjectUser.Bytes(10), user.Name("b.png"))).Failed(500);

        Assert.Contains("The object storage is away", Assert.Single(_server.Log.Errors), StringComparison.Ordinal);
        _server.MayLogErrors = true;
    }

    private sealed class AwayServer : OpenImServer
    {
        internal override IReadOnlyList<string> Options =>
            ["--Files=s3", $"--Files:ServiceUrl=http://127.0.0.1:{UnusedPort()}", "--Files:Bucket=dragoman", "--Files:AccessKey=key", "--Files:SecretKey=secret"];

        private static int UnusedPort()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
    }
}
