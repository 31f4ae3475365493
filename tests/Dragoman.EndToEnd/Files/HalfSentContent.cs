using System.Net;

namespace Dragoman.EndToEnd.Files;

/// <summary>A body whose second half goes out only when it is told to.</summary>
internal sealed class HalfSentContent(byte[] bytes) : HttpContent
{
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first half has left.</summary>
    public Task Sent => _sent.Task;

    public void GoOn() => _goOn.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var half = bytes.Length / 2;
        await stream.WriteAsync(bytes.AsMemory(0, half));
        await stream.FlushAsync();
        _sent.TrySetResult();
        await _goOn.Task;
        await stream.WriteAsync(bytes.AsMemory(half));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
