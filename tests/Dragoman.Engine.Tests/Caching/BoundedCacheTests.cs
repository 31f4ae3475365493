using Dragoman.Engine.Caching;

namespace Dragoman.Engine.Tests.Caching;

public sealed class BoundedCacheTests
{
    [Fact]
    public async Task A_load_that_a_change_overtook_is_not_kept()
    {
        var cache = new BoundedCache<string, int>(capacity: 10);
        var gate = new TaskCompletionSource<int>();
        var load = cache.GetAsync("k", gate, static (gate, _, _) => new(gate.Task), TestContext.Current.CancellationToken);

        cache.Put("k", 2);
        gate.SetResult(1);

        Assert.Equal(1, await load);
        Assert.True(cache.TryGet("k", out var kept));
        Assert.Equal(2, kept);
    }

    [Fact]
    public async Task A_load_that_a_removal_overtook_is_not_kept()
    {
        var cache = new BoundedCache<string, int>(capacity: 10);
        var gate = new TaskCompletionSource<int>();
        var load = cache.GetAsync("k", gate, static (gate, _, _) => new(gate.Task), TestContext.Current.CancellationToken);

        cache.Remove("k");
        gate.SetResult(1);
        await load;

        Assert.False(cache.TryGet("k", out _));
    }

    [Fact]
    public void It_holds_at_most_two_generations_and_what_is_used_stays()
    {
        var cache = new BoundedCache<int, int>(capacity: 100);
        for (var i = 0; i < 10_000; i++)
        {
            cache.Put(i, i);
            cache.TryGet(0, out _);
        }

        Assert.True(cache.TryGet(0, out _));
        Assert.InRange(Enumerable.Range(0, 10_000).Count(i => cache.TryGet(i, out _)), 1, 200);
    }
}
