using System.Text;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Frames;

/// <summary>What clients may send, and what becomes of them when they send something else. The log stays clean.</summary>
public abstract class FrameTest(OpenImServer server) : IClassFixture<OpenImServer>
{
    private protected OpenImServer Server { get; } = server;
    private protected OpenImAppClient App => Server.Demo;

    private protected async Task<(RawConnection Raw, string Id)> RawAsync()
    {
        var (id, token) = await App.NewLoginAsync("raw");
        return (await RawConnection.ConnectAsync(App.SocketUri(OpenImAppClient.Query(id, token) + "&isBackground=false&sdkType=js")), id);
    }

    private protected static bool Contains(RawConnection raw, string text) => raw.Received.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    /// <summary>Nothing but the welcome was ever said.</summary>
    private protected static async Task AssertEndedInSilenceAsync(OpenImClient client)
    {
        await client.ClosedAsync();
        Assert.Empty(client.Frames);
        Assert.Single(client.Texts);
    }
}
